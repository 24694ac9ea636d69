import type { Catalogue } from "../src/catalogue/catalogue.ts";
import { algorithms } from "./algorithms/mod.ts";
import { cases } from "./cases/mod.ts";
import { claims, lawClaims } from "./claims/mod.ts";
import { probes } from "./probes/mod.ts";
import { DEFAULT_PROFILE, profiles } from "./profiles/mod.ts";
import { tuning } from "./profiles/tune.ts";

/** What this project measures. */
export const catalogue: Catalogue = {
  cases,
  algorithms,
  probes,
  profiles,
  defaultProfile: DEFAULT_PROFILE,
  tuning,
  claims,
  lawClaims,
  plugins: [],
};

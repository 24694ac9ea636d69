import type { Algorithm } from "../algorithms/algorithm.ts";
import type { Claim, LawClaim } from "../declare/claim.ts";
import type { Profile } from "../declare/profile.ts";
import type { Tuning } from "../declare/tuning.ts";
import type { Case } from "../problem/case.ts";
import type { Probe } from "./probe.ts";

/** A file of somebody's own whose cases and algorithms take part. */
export interface Plugin {
  /** Address of the file, `file:///…`. */
  readonly url: string;
  /** Ids of what it defines. */
  readonly cases: readonly string[];
  readonly algorithms: readonly string[];
  readonly probes: readonly string[];
}

/** Everything that can be measured: handed from `main.ts` to whoever looks a name up. */
export interface Catalogue {
  readonly cases: readonly Case[];
  /** Baselines first. */
  readonly algorithms: readonly Algorithm[];
  /** What can be measured besides, where it is asked for. */
  readonly probes: readonly Probe[];
  /** Shortest first. */
  readonly profiles: readonly Profile[];
  readonly defaultProfile: string;
  /** How constants are searched. */
  readonly tuning: Tuning;
  readonly claims: readonly Claim[];
  readonly lawClaims: readonly LawClaim[];
  readonly plugins: readonly Plugin[];
}

import { algorithms } from "../../src/algorithms/mod.ts";
import type { Profile } from "../../src/declare/profile.ts";

/** Every algorithm on every kind of case, small: what tests and pull requests run. */
export const smoke: Profile = {
  id: "smoke",
  summary: "tiny cases, every algorithm, one seed; under a minute",
  entries: [{ case: "tiny-div" }, { case: "tiny-add" }, { case: "tiny-glyphs" }],
  algorithms: algorithms.map((a) => a.id),
  seeds: [0],
};

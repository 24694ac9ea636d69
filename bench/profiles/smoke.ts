import type { Profile } from "../../src/declare/profile.ts";
import { METHODS } from "./methods.ts";

/** Every method of the paper on every kind of case, small: what tests and pull requests run. */
export const smoke: Profile = {
  id: "smoke",
  summary: "tiny cases, every method of the paper, one seed; under a minute",
  entries: [{ case: "tiny-div" }, { case: "tiny-add" }, { case: "tiny-glyphs" }],
  algorithms: METHODS,
  seeds: [0],
};

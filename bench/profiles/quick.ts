import type { Profile } from "../../src/declare/profile.ts";
import { IMAGE } from "./methods.ts";

/** Grokking and its acceleration in all three kinds of case, on a laptop. */
export const quick: Profile = {
  id: "quick",
  summary: "small division and addition, image case in full, two seeds; under 10 minutes on 2 cores (default)",
  entries: [{ case: IMAGE, overrides: { evalEvery: 10, extraEpochs: 30 } }, { case: "div113" }, { case: "add97" }],
  algorithms: ["adamw", "adamw-tuned", "adam-l2", "ppm", "pp-conn-alone", "pp-conn", "pp-conn-fast"],
  seeds: [0, 1],
};

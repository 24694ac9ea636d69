import type { Phase } from "../../src/algorithms/algorithm.ts";
import { memorised, single } from "../../src/algorithms/single.ts";
import { adamw, type OptimiserConfig } from "../../src/algorithms/transform.ts";

/** Phase 1 of the paper: plain AdamW until the training set is memorised. */
export const memorise = (config: OptimiserConfig): Phase => single("memorise", adamw(config), memorised);

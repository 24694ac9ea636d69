/**
 * Numeric canaries: the first steps of every case and algorithm, run by the real machinery and compared number by number
 * with an independent float64 implementation. The gate's first tier: seconds, and no statistics.
 */
export { type Deviation, severity } from "./deviation.ts";
export { loadCanaries } from "./folder.ts";
export { FIRST_STEPS, parseCanaryFile, type Reference, stepsOf } from "./reference.ts";
export { type CanaryOptions, type CanaryResult, judgeTrial } from "./run.ts";
export { runCanaries } from "./sweep.ts";

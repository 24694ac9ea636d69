/** The algorithm that speedups are measured against, by its id in the catalogue. */
export const BASELINE = "adamw";

/** The same method with constants that were looked for: what a speedup is worth. */
export const TUNED_BASELINE = "adamw-tuned";

/**
 * The limits of the gate. `deno task gate:audit` measures what they amount to: false alarms a night and power.
 */

/** Screen: family-wise level over all cells of a night (Holm), and of the omnibus test over all of them together. */
export const SCREEN = 0.05;
export const OMNIBUS = 0.01;

/**
 * Where the same seeds are compared the screen is of each cell by itself: what it lets through needs fresh seeds under both
 * codes, whose pairs decide together with its own, corrected over all cells.
 */
export const PAIRED_SCREEN = 0.02;
/** Fresh seeds that confirm what pairs have shown: as many as see this shift with this power, within these bounds. */
export const PAIRED_SHIFT = 1.5;
export const PAIRED_POWER = 0.9;
export const PAIRED_SEEDS = 8;
export const MOST_PAIRED_SEEDS = 24;
/** Pairs below which a cell is not said to be reproduced: their spread is borrowed from others. */
export const LEAST_PAIRS = 2;

/** Confirmation on fresh seeds: family-wise level over the flagged cells. */
export const CONFIRM = 0.01;

/** Probability that nights which show nothing but chance ever add up to drift: over all cells, from one blessing to the next. */
export const NIGHTS = 0.01;

/** A shift of a median by less than this factor is real or not, but not worth a broken build. */
export const MATERIAL = 1.1;

/** `reproduced` needs the interval of the ratio of medians inside ÷ and × this factor. */
export const EQUIVALENT = 1.25;

/** Fewer new runs have hardly an interval: of one or two the bootstrap draws the same again. */
export const LEAST_NEW = 3;

/** Level of that interval: 90 % makes it a pair of one-sided tests at 5 % (Schuirmann 1987, two one-sided tests). */
export const LEVEL = 0.9;

/** Monte Carlo sizes: a p-value of 0.01 has a standard error of 0.001 at 10,000 permutations. */
export const PERMUTATIONS = 10_000;
export const RESAMPLES = 2000;

/**
 * Laws: level of the likelihood-ratio test, of each law on new runs, and once more on fresh seeds over all laws of a judgement
 * (Bonferroni). A law is refitted for each dealing of the labels, so there are no more of them than the level asks for.
 */
export const LAW = 0.01;
export const LAW_PERMUTATIONS = 500;
/** Resamples of what two fitted laws predict. */
export const LAW_RESAMPLES = 500;
/** Least number of fresh seeds that confirm it at each setting. */
export const LAW_SEEDS = 3;

import type { Reference } from "./reference.ts";

/**
 * Engines stray from float64 as far as PyTorch's float32 does (stored as `rounding`, by quantity and segment of the run),
 * because both round the same sums; the factor covers that they do it in another order. It is largest, 1e-3 to 1e-2, for the norm of
 * the first steps after a fresh optimiser, where g/√v turns what is rounding in a gradient of 0 into steps of full length.
 */
const ROUNDING_FACTOR = 8;

/** Before the first step there is only a forward pass: relative 1e-7 of a loss was seen. */
const FORWARD = 1e-5;

/**
 * Least tolerance of a loss after that. Beyond `rounding` there are rare events: rounding moves one unit of one sample
 * across the kink of a ReLU, or one sign in Adam. Over 600 runs on `onnx` from starts that differ in the last bit, such
 * events moved a loss by 1e-4, and by 2e-4 once. A slip in an algorithm moves it by more than 1e-2.
 */
const LOSS = 5e-4;

/** The same for norms, distances and the potential, in which single components hardly count: 7e-4 was seen on `div97`. */
const LENGTH = 5e-3;

/** The same for the norm of a step, in which g/√v counts every component alike: 3e-3 was seen on `div97`. */
const STEP_NORM = 2e-2;

/** The same for accuracies, in samples or as a share of the split: 5 of 4,656 were seen. */
const SAMPLES = 3;
const SHARE = 2e-3;

/**
 * How far a quantity may be from the reference, relative.
 *
 * @param forward whether it was computed before the first step
 * @param segment the part of the run, between two evaluations or changes of phase
 */
export function toleranceOf(
  { rounding, samples }: Reference,
  { quantity, forward, segment, expected }: {
    readonly quantity: string;
    readonly forward: boolean;
    readonly segment: number;
    readonly expected: number;
  },
): number {
  const strayed = ROUNDING_FACTOR * (rounding[quantity]?.[segment] ?? 0);
  if (quantity.endsWith("Accuracy")) {
    const size = /train/i.test(quantity) ? samples.train : samples.test;
    return Math.max(SAMPLES, SHARE * size, strayed) / (expected * size);
  }
  const least = forward ? FORWARD : /loss$/i.test(quantity) ? LOSS : quantity === "stepNorm" ? STEP_NORM : LENGTH;
  return Math.max(least, strayed);
}

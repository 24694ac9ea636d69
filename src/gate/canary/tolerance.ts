import type { Reference } from "./reference.ts";

const ROUNDING_FACTOR = 8;
const FORWARD = 1e-5;
const FLOOR = 5e-4;
const SAMPLES = 3;

export function toleranceOf(
  { rounding, samples }: Reference,
  quantity: string,
  forward: boolean,
  phase: number,
  expected: number,
): number {
  const strayed = ROUNDING_FACTOR * (rounding[quantity]?.[phase] ?? 0);
  if (quantity.endsWith("Accuracy")) {
    const size = quantity.includes("rain") ? samples.train : samples.test;
    return Math.max(SAMPLES, strayed) / Math.max(1, expected * size);
  }
  return Math.max(forward ? FORWARD : FLOOR, strayed);
}

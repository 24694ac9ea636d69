/**
 * Holm's step-down adjustment of m p-values: the i-th smallest becomes max over j ≤ i of min(1, (m − j + 1)·p₍ⱼ₎).
 *
 * Rejecting where the adjusted value is at most α keeps the probability of any false rejection at most α, however the
 * tests depend on each other.
 *
 * @returns adjusted p-values in the order of `p`
 * @throws {RangeError} if a value is outside [0, 1]
 *
 * Source: Holm 1979, Scand. J. Stat. 6:65.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { holm } from "./holm.ts";
 * assertEquals(holm([0.5, 0.125, 0.25]), [0.5, 0.375, 0.5]);
 * ```
 */
export function holm(p: readonly number[]): number[] {
  const wrong = p.find((value) => !(value >= 0 && value <= 1));
  if (wrong !== undefined) throw new RangeError(`Cannot adjust a p-value of ${wrong}`);
  const adjusted = new Array<number>(p.length);
  let largest = 0;
  const ascending = p.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value);
  for (const [rank, { value, index }] of ascending.entries()) {
    largest = Math.max(largest, Math.min(1, (p.length - rank) * value));
    adjusted[index] = largest;
  }
  return adjusted;
}

import { suffix } from "./_message.ts";
import { AssertionError } from "./assertion_error.ts";

/** Relative to the expected value, so that it means the same at every magnitude. */
const RELATIVE_TOLERANCE = 1e-7;

const show = (x: number) => Number.isInteger(x) ? `${x}` : x.toExponential();

/**
 * Asserts that two numbers differ by no more than a tolerance.
 *
 * @param actual The number found.
 * @param expected The number wanted.
 * @param tolerance The largest absolute difference allowed; 1e-7 of the expected value by default.
 * @param msg Added to the message of the error.
 * @throws {AssertionError} If they differ by more, or if just one of them is `NaN`.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * assertAlmostEquals(0.1 + 0.2, 0.3);
 * assertAlmostEquals(0.01, 0.02, 0.1);
 * ```
 */
export function assertAlmostEquals(actual: number, expected: number, tolerance?: number, msg?: string): void {
  if (Object.is(actual, expected)) return;
  const delta = Math.abs(expected - actual);
  tolerance ??= isFinite(expected) ? Math.abs(expected * RELATIVE_TOLERANCE) : RELATIVE_TOLERANCE;
  if (delta <= tolerance) return;
  throw new AssertionError(
    `Expected actual: "${show(actual)}" to be close to "${show(expected)}": delta "${show(delta)}" is greater than ` +
      `"${show(tolerance)}"${suffix(msg)}`,
  );
}

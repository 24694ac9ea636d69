import { format, suffix } from "./_message.ts";
import { AssertionError } from "./assertion_error.ts";
import { equal } from "./equal.ts";

/** Anything with a length and indices, except a string. */
export type ArrayLikeArg<T> = ArrayLike<T> & object;

/**
 * Asserts that an array contains all of some values, compared deeply.
 *
 * @param actual The array.
 * @param expected What it shall contain, in any order.
 * @param msg Added to the message of the error.
 * @throws {AssertionError} If one of them is missing.
 *
 * @example
 * ```ts
 * import { assertArrayIncludes } from "@std/assert";
 *
 * assertArrayIncludes([{ a: 1 }, { b: 2 }, { c: 3 }], [{ c: 3 }, { a: 1 }]);
 * ```
 */
export function assertArrayIncludes<T>(
  actual: ArrayLikeArg<T>,
  expected: ArrayLikeArg<NoInfer<T>>,
  msg?: string,
): void {
  const found = Array.from(actual);
  const missing = Array.from(expected).filter((wanted) => !found.some((value) => equal(value, wanted)));
  if (missing.length === 0) return;
  throw new AssertionError(
    `Expected actual: "${format(actual)}" to include: "${format(expected)}"${suffix(msg)}\nmissing: ${format(missing)}`,
  );
}

import { suffix } from "./_message.ts";
import { AssertionError } from "./assertion_error.ts";

/**
 * Asserts that a value is neither `null` nor `undefined`.
 *
 * @param actual The value.
 * @param msg Added to the message of the error.
 * @throws {AssertionError} If it is.
 *
 * @example
 * ```ts
 * import { assertExists } from "@std/assert";
 *
 * assertExists(0);
 * ```
 */
export function assertExists<T>(actual: T, msg?: string): asserts actual is NonNullable<T> {
  if (actual !== null && actual !== undefined) return;
  throw new AssertionError(`Expected actual: "${actual}" to not be null or undefined${suffix(msg)}`);
}

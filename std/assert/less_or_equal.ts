import { format } from "./_message.ts";
import { AssertionError } from "./assertion_error.ts";

/**
 * Asserts that a value is less than or equal to another.
 *
 * @param actual The value found.
 * @param expected The value it is compared with.
 * @param msg The message of the error.
 * @throws {AssertionError} If it is not.
 *
 * @example
 * ```ts
 * import { assertLessOrEqual } from "@std/assert";
 *
 * assertLessOrEqual(1, 1);
 * ```
 */
export function assertLessOrEqual<T>(actual: T, expected: T, msg?: string): void {
  if (actual <= expected) return;
  throw new AssertionError(msg ?? `Expect ${format(actual)} <= ${format(expected)}`);
}

import { format, suffix } from "./_message.ts";
import { AssertionError } from "./assertion_error.ts";
import { equal } from "./equal.ts";

/**
 * Asserts that two values are not deeply {@linkcode equal}.
 *
 * @param actual The value found.
 * @param expected The value not wanted.
 * @param msg Added to the message of the error.
 * @throws {AssertionError} If they are.
 *
 * @example
 * ```ts
 * import { assertNotEquals } from "@std/assert";
 *
 * assertNotEquals([1, 2], [1, 3]);
 * ```
 */
export function assertNotEquals<T>(actual: T, expected: T, msg?: string): void {
  if (!equal(actual, expected)) return;
  throw new AssertionError(`Expected actual: ${format(actual)} not to be: ${format(expected)}${suffix(msg)}`);
}

import { suffix } from "./_message.ts";
import { AssertionError } from "./assertion_error.ts";

/**
 * Asserts that a string matches a regular expression.
 *
 * @param actual The string.
 * @param expected The expression.
 * @param msg Added to the message of the error.
 * @throws {AssertionError} If it does not.
 *
 * @example
 * ```ts
 * import { assertMatch } from "@std/assert";
 *
 * assertMatch("epoch 12", /^epoch \d+$/);
 * ```
 */
export function assertMatch(actual: string, expected: RegExp, msg?: string): void {
  if (expected.test(actual)) return;
  throw new AssertionError(`Expected actual: "${actual}" to match: "${expected}"${suffix(msg)}`);
}

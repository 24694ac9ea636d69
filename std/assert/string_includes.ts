import { suffix } from "./_message.ts";
import { AssertionError } from "./assertion_error.ts";

/**
 * Asserts that a string contains another.
 *
 * @param actual The string.
 * @param expected What it shall contain.
 * @param msg Added to the message of the error.
 * @throws {AssertionError} If it does not.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 *
 * assertStringIncludes("hello", "ell");
 * ```
 */
export function assertStringIncludes(actual: string, expected: string, msg?: string): void {
  if (actual.includes(expected)) return;
  throw new AssertionError(`Expected actual: "${actual}" to contain: "${expected}"${suffix(msg)}`);
}

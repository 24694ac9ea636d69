import { suffix } from "./_message.ts";
import { AssertionError } from "./assertion_error.ts";

/**
 * Fails always.
 *
 * @param msg Added to the message of the error.
 * @throws {AssertionError} Always.
 *
 * @example
 * ```ts
 * import { assertThrows, fail } from "@std/assert";
 *
 * assertThrows(() => fail("too late"));
 * ```
 */
export function fail(msg?: string): never {
  throw new AssertionError(`Failed assertion${suffix(msg)}`);
}

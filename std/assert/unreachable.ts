import { suffix } from "./_message.ts";
import { AssertionError } from "./assertion_error.ts";

/**
 * Marks code that is never reached.
 *
 * @param msg Added to the message of the error.
 * @throws {AssertionError} Always.
 *
 * @example
 * ```ts
 * import { assertThrows, unreachable } from "@std/assert";
 *
 * assertThrows(() => unreachable());
 * ```
 */
export function unreachable(msg?: string): never {
  throw new AssertionError(`Unreachable${suffix(msg)}`);
}

import { AssertionError } from "./assertion_error.ts";

/**
 * Asserts that a value is truthy.
 *
 * @param expr The value.
 * @param msg The message of the error.
 * @throws {AssertionError} If it is not.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 *
 * assert("hello".includes("ello"));
 * ```
 */
export function assert(expr: unknown, msg = ""): asserts expr {
  if (!expr) throw new AssertionError(msg);
}

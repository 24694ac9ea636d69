import { suffix } from "./_message.ts";
import { AssertionError } from "./assertion_error.ts";
import { assertIsError } from "./is_error.ts";

/**
 * Asserts that a function throws, and what.
 *
 * @param fn The function.
 * @param msg Added to the message of the error.
 * @returns What it threw.
 * @throws {AssertionError} If it does not throw.
 */
export function assertThrows(fn: () => unknown, msg?: string): unknown;
/**
 * @param fn The function.
 * @param ErrorClass The class of error wanted.
 * @param msgIncludes What its message shall contain.
 * @param msg Added to the message of the error.
 * @returns What it threw.
 * @throws {AssertionError} If it does not throw, or something else.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => JSON.parse("{"), SyntaxError, "JSON");
 * ```
 */
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  // deno-lint-ignore no-explicit-any
  ErrorClass: abstract new (...args: any[]) => E,
  msgIncludes?: string,
  msg?: string,
): E;
export function assertThrows(
  fn: () => unknown,
  ErrorClass?: string | (abstract new () => Error),
  msgIncludes?: string,
  msg?: string,
): unknown {
  if (typeof ErrorClass === "string") return assertThrows(fn, undefined as never, undefined, ErrorClass);
  try {
    fn();
  } catch (error) {
    if (!ErrorClass) return error;
    if (!(error instanceof Error)) throw new AssertionError(`A non-Error object was thrown${suffix(msg)}`);
    assertIsError(error, ErrorClass, msgIncludes, msg);
    return error;
  }
  throw new AssertionError(`Expected function to throw${suffix(msg)}`);
}

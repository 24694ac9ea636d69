import { suffix } from "./_message.ts";
import { AssertionError } from "./assertion_error.ts";
import { assertIsError } from "./is_error.ts";

/**
 * Asserts that a function returns a promise that rejects, and with what.
 *
 * @param fn The function.
 * @param msg Added to the message of the error.
 * @returns What it rejected with.
 * @throws {AssertionError} If it resolves, throws at once, or returns no promise.
 */
export function assertRejects(fn: () => PromiseLike<unknown>, msg?: string): Promise<unknown>;
/**
 * @param fn The function.
 * @param ErrorClass The class of error wanted.
 * @param msgIncludes What its message shall contain.
 * @param msg Added to the message of the error.
 * @returns What it rejected with.
 * @throws {AssertionError} If it resolves, rejects with something else, throws at once, or returns no promise.
 *
 * @example
 * ```ts
 * import { assertRejects } from "@std/assert";
 *
 * await assertRejects(() => Promise.reject(new TypeError("no")), TypeError, "no");
 * ```
 */
export function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  // deno-lint-ignore no-explicit-any
  ErrorClass: abstract new (...args: any[]) => E,
  msgIncludes?: string,
  msg?: string,
): Promise<E>;
export async function assertRejects(
  fn: () => PromiseLike<unknown>,
  ErrorClass?: string | (abstract new () => Error),
  msgIncludes?: string,
  msg?: string,
): Promise<unknown> {
  if (typeof ErrorClass === "string") return assertRejects(fn, undefined as never, undefined, ErrorClass);
  let promise: PromiseLike<unknown> | undefined;
  try {
    promise = fn();
  } catch { /* judged below, like a function that returns no promise */ }
  if (typeof promise?.then !== "function") {
    throw new AssertionError(`Function throws when expected to reject${suffix(msg)}`);
  }
  try {
    await promise;
  } catch (error) {
    if (!ErrorClass) return error;
    if (!(error instanceof Error)) throw new AssertionError(`A non-Error object was rejected${suffix(msg)}`);
    assertIsError(error, ErrorClass, msgIncludes, msg);
    return error;
  }
  throw new AssertionError(`Expected function to reject${suffix(msg)}`);
}

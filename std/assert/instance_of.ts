import { suffix } from "./_message.ts";
import { AssertionError } from "./assertion_error.ts";

/**
 * Asserts that a value is an instance of a class.
 *
 * @param actual The value.
 * @param expectedType The class.
 * @param msg Added to the message of the error.
 * @throws {AssertionError} If it is not.
 *
 * @example
 * ```ts
 * import { assertInstanceOf } from "@std/assert";
 *
 * assertInstanceOf(new RangeError(), Error);
 * ```
 */
// deno-lint-ignore no-explicit-any
export function assertInstanceOf<T extends abstract new (...args: any[]) => any>(
  actual: unknown,
  expectedType: T,
  msg = "",
): asserts actual is InstanceType<T> {
  if (actual instanceof expectedType) return;
  const wanted = `Expected object to be an instance of "${expectedType.name}"`;
  const found = actual === null
    ? "null"
    : typeof actual === "object"
    ? actual.constructor?.name ?? "Object"
    : typeof actual;
  const but = found === expectedType.name
    ? ""
    : ` but was ${found === "function" ? "not an instanced object" : `"${found}"`}`;
  throw new AssertionError(`${wanted}${but}${suffix(msg)}`);
}

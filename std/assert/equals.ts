import { diff, suffix } from "./_message.ts";
import { AssertionError } from "./assertion_error.ts";
import { equal } from "./equal.ts";

/**
 * Asserts that two values are deeply {@linkcode equal}.
 *
 * @param actual The value found.
 * @param expected The value wanted.
 * @param msg Added to the message of the error.
 * @throws {AssertionError} If they are not, with a diff.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals({ hello: new Float32Array([1, 2]) }, { hello: new Float32Array([1, 2]) });
 * ```
 */
export function assertEquals<T>(actual: T, expected: T, msg?: string): void {
  if (equal(actual, expected)) return;
  throw new AssertionError(`Values are not equal${suffix(msg)}\n${diff(actual, expected)}`);
}

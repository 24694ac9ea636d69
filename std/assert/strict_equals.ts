import { diff, format, suffix } from "./_message.ts";
import { AssertionError } from "./assertion_error.ts";

/**
 * Asserts that two values are the same by `Object.is`.
 *
 * @param actual The value found.
 * @param expected The value wanted.
 * @param msg Added to the message of the error.
 * @throws {AssertionError} If they are not.
 *
 * @example
 * ```ts
 * import { assertStrictEquals, assertThrows } from "@std/assert";
 *
 * assertStrictEquals(NaN, NaN);
 * assertThrows(() => assertStrictEquals(0, -0));
 * ```
 */
export function assertStrictEquals<T>(actual: unknown, expected: T, msg?: string): asserts actual is T {
  if (Object.is(actual, expected)) return;
  const text = format(actual);
  throw new AssertionError(
    text === format(expected)
      ? `Values have the same structure but are not reference-equal${suffix(msg)}\n\n${text}\n`
      : `Values are not strictly equal${suffix(msg)}\n${diff(actual, expected)}`,
  );
}

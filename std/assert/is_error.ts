import { stripVTControlCharacters } from "node:util";
import { suffix } from "./_message.ts";
import { AssertionError } from "./assertion_error.ts";

/** A class of errors. */
// deno-lint-ignore no-explicit-any
type ErrorClass<E> = abstract new (...args: any[]) => E;

/**
 * Asserts that a value is an error, of a given class and with a given message if these are given.
 *
 * @param error The value.
 * @param ErrorClass The class wanted.
 * @param msgMatches What the message shall contain or match, colours aside.
 * @param msg Added to the message of the error.
 * @throws {AssertionError} If it is not.
 */
export function assertIsError<E extends Error = Error>(
  error: unknown,
  ErrorClass?: ErrorClass<E>,
  msgMatches?: string | RegExp,
  msg?: string,
): asserts error is E {
  const fail = (text: string) => {
    throw new AssertionError(`${text}${suffix(msg)}`);
  };
  if (!(error instanceof Error)) return fail(`Expected "error" to be an Error object`);
  if (ErrorClass && !(error instanceof ErrorClass)) {
    return fail(`Expected error to be instance of "${ErrorClass.name}", but was "${error.constructor?.name}"`);
  }
  if (!msgMatches) return;
  const text = stripVTControlCharacters(error.message);
  const isString = typeof msgMatches === "string";
  if (isString ? text.includes(stripVTControlCharacters(msgMatches)) : msgMatches.test(text)) return;
  const wanted = isString ? JSON.stringify(msgMatches) : msgMatches;
  fail(`Expected error message to include ${wanted}, but got ${JSON.stringify(error.message)}`);
}

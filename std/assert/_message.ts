import { AssertionError as NodeAssertionError } from "node:assert";

/** Longest text, in lines, that is diffed as a whole: the time this takes grows with the square of the changes. */
const DIFF_LINES = 1000;

/** The tail of a message: the caller's own words, or a full stop. */
export function suffix(msg?: string): string {
  return msg ? `: ${msg}` : ".";
}

/** A value as text, all of it and in a stable order. */
export function format(value: unknown): string {
  return Deno.inspect(value, {
    depth: Infinity,
    iterableLimit: Infinity,
    strAbbreviateSize: Infinity,
    sorted: true,
    compact: false,
    trailingComma: true,
    getters: true,
  });
}

/** A line diff of two values, or where two long ones first part. */
export function diff(actual: unknown, expected: unknown): string {
  const found = format(actual).split("\n");
  const wanted = format(expected).split("\n");
  if (Math.max(found.length, wanted.length) <= DIFF_LINES) {
    const { message } = new NodeAssertionError({ actual, expected, operator: "deepStrictEqual" });
    return message.slice(message.indexOf("\n") + 1);
  }
  const line = found.findIndex((text, i) => text !== wanted[i]);
  return `first difference on line ${line + 1} of ${found.length}\n+ ${found[line]}\n- ${wanted[line]}`;
}

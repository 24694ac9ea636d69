/**
 * Assertions: a stand-in for `jsr:@std/assert` where JSR cannot be reached. Same names, signatures and verdicts for what
 * it holds. Differences are told by `node:assert`, and colours are taken out of messages by `node:util`. Equality is its
 * own: that of Node, `isDeepStrictEqual`, tells 0 from −0 and an object without prototype from a plain one, which the
 * original does not.
 *
 * @module
 */
export * from "./almost_equals.ts";
export * from "./array_includes.ts";
export * from "./assert.ts";
export * from "./equals.ts";
export * from "./match.ts";
export * from "./not_equals.ts";
export * from "./rejects.ts";
export * from "./string_includes.ts";
export * from "./throws.ts";

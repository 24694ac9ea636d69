/**
 * Command lines: a stand-in for `jsr:@std/cli` where JSR cannot be reached.
 *
 * @module
 */
export * from "./parse_args.ts";

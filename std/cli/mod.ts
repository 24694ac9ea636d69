/**
 * Command lines: a stand-in for `jsr:@std/cli` where JSR cannot be reached. It stands on `parseArgs` of `node:util`. Of
 * the original's options it lacks `default`, `negatable`, `stopEarly` and `--`; `boolean` is a list of names, an alias one
 * letter; `--name=` gives the name an empty value; what no option describes takes a value by an equals sign only.
 *
 * @module
 */
export * from "./parse_args.ts";

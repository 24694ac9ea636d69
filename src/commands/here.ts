import { resolve } from "node:path";

/** The folder that whoever gave the command stands in: `deno task` goes to the project's and says where it came from. */
export const here = (): string => Deno.env.get("INIT_CWD") ?? Deno.cwd();

/** A path from the command line, in full. */
export const fromHere = (path: string): string => resolve(here(), path);

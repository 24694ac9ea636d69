import { Flags } from "../../src/commands/flags.ts";
import { UsageError } from "../../src/errors.ts";
import { SEEDS } from "./plan.ts";

const DEFAULT_RECORDS = [1_000, 10_000, 100_000];

export const HELP =
  `Say what planning and judging of thousands of runs cost, and whether a record costs more where there are more.

Usage: deno task bench:scale [options]

      --records N,N  numbers of records, ${SEEDS} of a cell (default: ${DEFAULT_RECORDS.join(",")})
      --json FILE    also write what was measured as JSON
  -h, --help

Runs are made up and not trained: sealed records with curves of some 35 epochs, in a temporary folder that is removed (2.5
GB for 100,000). Each command works on them in a process of its own: its seconds, those of all its threads, and how much
larger its resident memory became. Growth is told as k of cost = a + b·records^k, of processor seconds and of memory.
Exit codes: 0 ok, 2 bad usage or a command that failed.`;

export interface Options {
  /** Ascending. */
  readonly records: readonly number[];
  readonly json: string | null;
}

/** Reads the command line. @throws {UsageError} */
export function parseOptions(args: readonly string[]): Options {
  const flags = new Flags(args, { command: "bench:scale", plan: [], strings: ["records", "json"], booleans: [] });
  const text = flags.text("records");
  const records = text?.split(",").map(Number) ?? DEFAULT_RECORDS;
  const wrong = records.find((n) => !(Number.isInteger(n) && n >= SEEDS && n % SEEDS === 0));
  if (wrong !== undefined || new Set(records).size < records.length) {
    throw new UsageError(`--records '${text}': expected different multiples of ${SEEDS}, e.g. --records 1000,4000`);
  }
  return { records: records.toSorted((a, b) => a - b), json: flags.path("json") };
}

import { availableParallelism } from "node:os";
import { parseArgs } from "@std/cli/parse-args";
import { type FieldValue, parseFieldValue } from "../../bench/cases/mod.ts";
import { nearest, UsageError } from "../errors.ts";

const STRINGS = [
  "profile",
  "case",
  "algorithm",
  "seed",
  "engine",
  "workers",
  "set",
  "eval-every",
  "max-epochs",
  "results",
  "export-csv",
  "export-json",
  "export-markdown",
] as const;
const BOOLEANS = ["quick", "dry-run", "help", "no-cache"] as const;
const COLLECTED = ["case", "algorithm", "set"] as const;
const ALIAS = { profile: "p", case: "c", algorithm: "a", seed: "s", engine: "e", workers: "j", help: "h" } as const;

/** What `bench` was asked for, with values of the right type and nothing looked up yet. */
export interface BenchOptions {
  readonly help: boolean;
  readonly profile: string | null;
  readonly cases: readonly string[];
  readonly algorithms: readonly string[];
  readonly seeds: readonly number[];
  readonly engine: string;
  readonly workers: number;
  readonly overrides: Readonly<Record<string, FieldValue>>;
  readonly results: string;
  readonly dryRun: boolean;
  readonly cache: boolean;
  readonly exports: { readonly csv: string | null; readonly json: string | null; readonly markdown: string | null };
}

/** `0`, `0,3,7`, `0..4` and mixtures. @throws {UsageError} */
export function parseSeeds(text: string): number[] {
  const seeds = text.split(",").flatMap((part) => {
    const range = /^(\d{1,9})(?:\.\.(\d{1,9}))?$/.exec(part.trim());
    if (!range) throw new UsageError(`--seed '${text}': '${part}' is neither a whole number nor a range like 0..4`);
    const [from, to] = [Number(range[1]), Number(range[2] ?? range[1])];
    if (to < from) throw new UsageError(`--seed '${text}': range '${part}' runs backwards`);
    if (to - from >= 10_000) throw new UsageError(`--seed '${text}': range '${part}' is longer than 10,000 seeds`);
    return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  });
  return [...new Set(seeds)];
}

/** `name=value` pairs. @throws {UsageError} */
export function parseOverrides(pairs: readonly string[]): Record<string, FieldValue> {
  return Object.fromEntries(pairs.map((pair) => {
    const at = pair.indexOf("=");
    if (at < 1) throw new UsageError(`--set '${pair}': expected name=value, e.g. --set modulus=31`);
    return [pair.slice(0, at), parseFieldValue(pair.slice(at + 1))];
  }));
}

/** A flag's value as a whole number. @throws {UsageError} */
export function wholeNumber(flag: string, text: string, min: number): number {
  const n = Number(text);
  if (text.trim() === "" || !Number.isInteger(n) || n < min) {
    throw new UsageError(`--${flag} '${text}': expected a whole number ≥ ${min}`);
  }
  return n;
}

/** Repeated flags and commas alike; names are looked up later. @throws {UsageError} for an empty one */
function names(flag: string, values: readonly string[]): string[] {
  const found = values.flatMap((value) => value.split(",")).map((name) => name.trim());
  if (found.includes("")) throw new UsageError(`--${flag} '${values.join(" ")}': a name is empty`);
  return found;
}

/** Refuses a flag that is given without a value: `--results` alone would mean the folder ''. */
export function refuseEmpty(flags: readonly string[], parsed: Record<string, unknown>): void {
  for (const flag of flags) {
    const given = parsed[flag];
    if (given === "" || (Array.isArray(given) && given.includes(""))) throw new UsageError(`--${flag} needs a value`);
  }
}

/** Reads the command line of `bench`. @throws {UsageError} */
export function parseBench(args: readonly string[]): BenchOptions {
  const parsed = parseArgs([...args], {
    string: STRINGS,
    boolean: BOOLEANS,
    collect: COLLECTED,
    alias: ALIAS,
    unknown: (arg, key) => {
      if (key === undefined) throw new UsageError(`bench takes no argument '${arg}'; cases are chosen with --case`);
      throw new UsageError(`unknown flag '${arg}'; did you mean '--${nearest(key, [...STRINGS, ...BOOLEANS])}'?`);
    },
  });
  refuseEmpty(STRINGS, parsed);
  const overrides = parseOverrides(parsed.set as string[]);
  if (parsed["eval-every"] !== undefined) overrides.evalEvery = wholeNumber("eval-every", parsed["eval-every"], 1);
  if (parsed["max-epochs"] !== undefined) overrides.maxEpochs = wholeNumber("max-epochs", parsed["max-epochs"], 1);
  return {
    help: parsed.help,
    profile: parsed.quick ? "quick" : parsed.profile ?? null,
    cases: names("case", parsed.case as string[]),
    algorithms: names("algorithm", parsed.algorithm as string[]),
    seeds: parsed.seed === undefined ? [] : parseSeeds(parsed.seed),
    engine: parsed.engine ?? "onnx",
    workers: parsed.workers === undefined ? availableParallelism() : wholeNumber("workers", parsed.workers, 1),
    overrides,
    results: parsed.results ?? "results",
    dryRun: parsed["dry-run"],
    cache: !parsed["no-cache"],
    exports: {
      csv: parsed["export-csv"] ?? null,
      json: parsed["export-json"] ?? null,
      markdown: parsed["export-markdown"] ?? null,
    },
  };
}

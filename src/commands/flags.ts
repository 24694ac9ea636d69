import { parseArgs } from "@std/cli/parse-args";
import { nearest, UsageError } from "../errors.ts";
import { fromHere } from "./here.ts";

/** Flags of every command that works on a plan. */
const PLAN = ["profile", "case", "algorithm", "seed", "engine", "results"] as const;
const COLLECTED = ["case", "algorithm", "seed", "set", "peer", "probe", "above", "only"];
const ALIAS = { profile: "p", case: "c", algorithm: "a", seed: "s", engine: "e", workers: "j", help: "h" };

/** What a command understands. */
export interface FlagSet {
  readonly command: string;
  /** Flags of a plan that mean something to it; all of them where it does not say. */
  readonly plan?: readonly (typeof PLAN[number])[];
  readonly strings: readonly string[];
  readonly booleans: readonly string[];
  /** Whether it takes arguments that are no flags. */
  readonly arguments?: boolean;
}

/** Flags as they were given: texts, lists of texts, and whether a switch is on. */
export class Flags {
  readonly #parsed: Record<string, unknown>;

  /** @throws {UsageError} for an unknown flag, a stray argument, or a flag without its value */
  constructor(args: readonly string[], { command, plan = PLAN, strings, booleans, arguments: taken }: FlagSet) {
    const string = [...plan, ...strings];
    const boolean = ["help", ...(plan.includes("profile") ? ["quick"] : []), ...booleans];
    this.#parsed = parseArgs(withoutSeparator(command, args), {
      string: taken ? [...string, "_"] : string,
      boolean,
      collect: COLLECTED.filter((name) => string.includes(name)),
      alias: Object.fromEntries(Object.entries(ALIAS).filter(([name]) => [...string, ...boolean].includes(name))),
      unknown: (arg: string, key?: string) => {
        if (key === undefined) {
          if (taken) return;
          if (arg === "-") {
            throw new UsageError(`${command} writes to files, stdout has the tables: give a path for '-'`);
          }
          const hint = string.includes("case") ? "; cases are chosen with --case" : "";
          throw new UsageError(`${command} takes no argument '${arg}'${hint}`);
        }
        throw new UsageError(`unknown flag '${arg}'; did you mean '--${nearest(key, [...string, ...boolean])}'?`);
      },
    });
    refuseEmpty(string, this.#parsed);
  }

  /** What was given besides flags. */
  get arguments(): readonly string[] {
    return (this.#parsed._ as unknown[]).map(String);
  }

  text(name: string): string | null {
    return (this.#parsed[name] as string | undefined) ?? null;
  }

  /** A path as it was given, relative to where whoever gave the command stands; null when it was not given. */
  path(name: string): string | null {
    const text = this.text(name);
    return text === null ? null : fromHere(text);
  }

  texts(name: string): readonly string[] {
    return (this.#parsed[name] as string[] | undefined) ?? [];
  }

  on(name: string): boolean {
    return this.#parsed[name] === true;
  }

  /** A whole number, or null when the flag was not given. @throws {UsageError} */
  count(name: string, min: number): number | null {
    const text = this.text(name);
    return text === null ? null : wholeNumber(name, text, min);
  }

  /** Repeated flags and commas alike; names are looked up later. @throws {UsageError} for an empty one */
  names(name: string): string[] {
    const values = this.texts(name);
    const found = values.flatMap((value) => value.split(",")).map((each) => each.trim());
    if (found.includes("")) throw new UsageError(`--${name} '${values.join(" ")}': a name is empty`);
    return found;
  }
}

/** What every command that works on a plan was asked for. */
export interface Chosen {
  readonly help: boolean;
  readonly profile: string | null;
  readonly cases: readonly string[];
  readonly algorithms: readonly string[];
  readonly seeds: readonly number[];
  readonly engine: string;
  readonly results: string;
}

/** @throws {UsageError} */
export function chosen(flags: Flags): Chosen {
  const seeds = flags.texts("seed");
  if (flags.on("quick") && flags.text("profile")) {
    throw new UsageError("--quick is --profile quick; give one of the two");
  }
  return {
    help: flags.on("help"),
    profile: flags.on("quick") ? "quick" : flags.text("profile"),
    cases: flags.names("case"),
    algorithms: flags.names("algorithm"),
    seeds: seeds.length ? parseSeeds(seeds.join(",")) : [],
    engine: flags.text("engine") ?? "onnx",
    results: flags.path("results") ?? "results",
  };
}

/**
 * `deno task bench -- -c div97`, as with other runners, means `-c div97`. Further on no argument can stand that is no flag.
 *
 * @throws {UsageError}
 */
function withoutSeparator(command: string, args: readonly string[]): string[] {
  const flags = args[0] === "--" ? args.slice(1) : [...args];
  if (!flags.includes("--")) return flags;
  throw new UsageError(`${command} takes no argument after '--'; flags stand before it, or leave it out`);
}

/** `0`, `0,3,7`, `0..4` and mixtures. @throws {UsageError} */
export function parseSeeds(text: string): number[] {
  const seeds = text.split(",").flatMap((part) => {
    const range = /^(\d{1,10})(?:\.\.(\d{1,10}))?$/.exec(part.trim());
    if (!range) throw new UsageError(`--seed '${text}': '${part}' is neither a whole number nor a range like 0..4`);
    const [from, to] = [Number(range[1]), Number(range[2] ?? range[1])];
    if (to < from) throw new UsageError(`--seed '${text}': range '${part}' runs backwards`);
    if (to - from >= 10_000) throw new UsageError(`--seed '${text}': range '${part}' is longer than 10,000 seeds`);
    return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  });
  return [...new Set(seeds)];
}

/** A flag's value as a whole number. @throws {UsageError} */
function wholeNumber(flag: string, text: string, min: number): number {
  const n = Number(text);
  if (text.trim() === "" || !Number.isInteger(n) || n < min) {
    throw new UsageError(`--${flag} '${text}': expected a whole number ≥ ${min}`);
  }
  return n;
}

/** Refuses a flag that is given without a value: `--results` alone would mean the folder ''. */
function refuseEmpty(flags: readonly string[], parsed: Record<string, unknown>): void {
  for (const flag of flags) {
    const given = parsed[flag];
    if (given === "" || (Array.isArray(given) && given.includes(""))) throw new UsageError(`--${flag} needs a value`);
  }
}

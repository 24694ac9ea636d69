import { parseArgs as parse } from "node:util";

type Names = string | readonly string[];

/** Options of {@linkcode parseArgs}. A name's options hold for its alias too. */
export interface ParseOptions {
  /** The letter that stands for a name, as in `{ seed: "s" }`. */
  alias?: Readonly<Record<string, string>>;
  /** Names that take no value and are `false` if absent. */
  boolean?: Names;
  /** Names whose values stay strings, even where they look like numbers; `_` for what belongs to no flag. */
  string?: Names;
  /** Names whose values are collected into an array; the last one counts otherwise. */
  collect?: Names;
  /** Called for what no option describes; if it returns `false`, that is left out of the result. */
  unknown?: (arg: string, key?: string, value?: unknown) => unknown;
}

/** What {@linkcode parseArgs} returns: name → value, and `_` with the arguments that belong to no flag. */
export type Args = Record<string, unknown> & { _: Array<string | number> };

const setOf = (names: Names = []) => new Set([names].flat());
const number = (text: string) => /\S/.test(text) && Number.isFinite(Number(text)) ? Number(text) : text;

/**
 * Parses a command line: `--name value`, `--name=value`, `-n value`, `-n=value` and `-n1` set a flag, `-abc` sets three,
 * `--` ends them. What looks like a number becomes one, unless its name is in `string`.
 *
 * @param args The arguments, as in `Deno.args`.
 * @param options What names mean.
 *
 * @example
 * ```ts
 * import { parseArgs } from "@std/cli/parse-args";
 * import { assertEquals } from "@std/assert";
 *
 * const args = parseArgs(["-v", "--seed=1", "-s", "02", "run"], {
 *   boolean: ["verbose", "quick"],
 *   string: ["seed"],
 *   alias: { verbose: "v", seed: "s" },
 *   collect: ["seed"],
 * });
 * assertEquals(args, { verbose: true, v: true, quick: false, seed: ["1", "02"], s: ["1", "02"], _: ["run"] });
 * ```
 */
export function parseArgs(args: string[], options: ParseOptions = {}): Args {
  const { alias = {}, unknown } = options;
  const [booleans, strings, collected] = [options.boolean, options.string, options.collect].map(setOf);
  const positional = strings.delete("_") ? String : number;
  const result: Args = { _: [] };
  const assign = (name: string, value: unknown) => {
    for (const key of [name, alias[name] ?? name]) result[key] = value;
  };
  for (const name of booleans) assign(name, false);
  for (const name of collected) assign(name, []);

  const known = (names: ReadonlySet<string>, type: "string" | "boolean") =>
    [...names].map((name) => [name, { type, ...(letterOf(name, alias) && { short: letterOf(name, alias) }) }] as const);
  const given = asNodeReads(args, { alias, booleans, strings });
  const { tokens } = parse({
    args: given.map(({ text }) => text),
    options: Object.fromEntries([...known(strings, "string"), ...known(booleans, "boolean")]),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  let ended = false;
  for (const token of tokens) {
    const { arg } = given[token.index];
    if (token.kind === "option-terminator") ended = true;
    else if (token.kind === "positional") {
      if (ended || unknown?.(arg) !== false) result._.push(positional(token.value));
    } else {
      const { name } = token;
      const isKnown = booleans.has(name) || strings.has(name);
      if (!isKnown && unknown?.(arg, name, token.value ?? true) === false) continue;
      const value = booleans.has(name)
        ? token.value !== "false"
        : strings.has(name)
        ? token.value ?? ""
        : token.value === undefined || number(token.value);
      assign(name, collected.has(name) ? [...result[name] as unknown[], value] : value);
    }
  }
  return result;
}

/** The letter that stands for a name after one dash. */
const letterOf = (name: string, alias: ParseOptions["alias"]) =>
  alias?.[name] ?? (name.length === 1 ? name : undefined);

/** What is known of names. */
interface Known {
  readonly alias: Readonly<Record<string, string>>;
  readonly booleans: ReadonlySet<string>;
  readonly strings: ReadonlySet<string>;
}

/**
 * The arguments, with an equals sign wherever Node would read them in another way than the original: what begins with a
 * dash is no value, a boolean takes a following `true` or `false`, and `-n=1` is `-n 1`.
 */
function asNodeReads(args: readonly string[], { alias, booleans, strings }: Known): { text: string; arg: string }[] {
  const names = new Map([...booleans, ...strings].map((name) => [letterOf(name, alias) ?? name, name]));
  const given: { text: string; arg: string }[] = [];
  const end = args.includes("--") ? args.indexOf("--") : args.length;
  for (let i = 0; i < end; i++) {
    const [arg, next] = [args[i], i + 1 < end ? args[i + 1] : undefined];
    const { long, letter, value } = /^(?:--(?<long>[^=]+)|-(?<letter>[^-=]))(?:=(?<value>.*))?$/s.exec(arg)?.groups ??
      {};
    const name = long ?? (letter && names.get(letter));
    const isBare = name !== undefined && value === undefined;
    if (name !== undefined && letter && value !== undefined) given.push({ text: `--${name}=${value}`, arg });
    else if (isBare && strings.has(name) && (next?.startsWith("-") ?? true)) given.push({ text: `--${name}=`, arg });
    else if (isBare && booleans.has(name) && (next === "true" || next === "false")) {
      given.push({ text: `--${name}=${next}`, arg });
      i++;
    } else given.push({ text: arg, arg });
  }
  return [...given, ...args.slice(end).map((arg) => ({ text: arg, arg }))];
}

import type { Aliases, Values } from "./_args.ts";

/** What {@linkcode parseArgs} returns. */
export type Args<
  // deno-lint-ignore no-explicit-any
  TArgs extends Record<string, unknown> = Record<string, any>,
  TDoubleDash extends boolean | undefined = undefined,
> =
  & TArgs
  & { /** The arguments that belong to no flag. */ _: Array<string | number> }
  & (true extends TDoubleDash ? { /** The arguments after `--`. */ "--": string[] } : unknown);

/** A name needs a character and a value too, so that `--name=` is the flag `name=`. */
const LONG_FLAG = /^--(?<no>no-)?(?<name>.+?)(?:=(?<value>.+))?$/s;

type Name = string | undefined;
type Names<T> = T | readonly Extract<T, string>[];

/** Options of {@linkcode parseArgs}. A name's options hold for its aliases too. */
export interface ParseOptions<
  TBooleans extends boolean | Name = boolean | Name,
  TStrings extends Name = Name,
  TCollectable extends Name = Name,
  TNegatable extends Name = Name,
  TDefault extends Record<string, unknown> | undefined = Record<string, unknown> | undefined,
  TAliases extends Aliases | undefined = Aliases | undefined,
  TDoubleDash extends boolean | undefined = boolean | undefined,
> {
  /** Whether what follows `--` goes to `result["--"]` instead of `result._`. */
  "--"?: TDoubleDash;
  /** Other names of a name. */
  alias?: TAliases;
  /** Names that take no value and are `false` if absent; `true` for all `--name` without an equals sign. */
  boolean?: Names<TBooleans>;
  /** Values of names that are absent. */
  default?: TDefault;
  /** Whether flags end at the first argument that belongs to none. */
  stopEarly?: boolean;
  /** Names whose values stay strings, even where they look like numbers; `_` for the arguments that belong to no flag. */
  string?: Names<TStrings>;
  /** Names whose values are collected into an array; the last one counts otherwise. */
  collect?: Names<TCollectable>;
  /** Names that `--no-name` makes `false`. */
  negatable?: Names<TNegatable>;
  /** Called for what no option describes; if it returns `false`, that is left out of the result. */
  unknown?: (arg: string, key?: string, value?: unknown) => unknown;
}

/**
 * Parses a command line. `--name value`, `--name=value`, `-n value`, `-n=value` and `-n1` set a flag, `-abc` sets three,
 * `--` ends them. What looks like a number becomes one, unless its name is in `string`.
 *
 * @param args The arguments, as in `Deno.args`.
 * @param options What names mean.
 * @returns Name → value, and `_` with all other arguments.
 *
 * @example
 * ```ts
 * import { parseArgs } from "@std/cli/parse-args";
 * import { assertEquals } from "@std/assert";
 *
 * const args = parseArgs(["-v", "--seed=1", "--seed", "2", "--no-color", "run"], {
 *   boolean: ["verbose", "color"],
 *   string: ["seed"],
 *   alias: { verbose: "v" },
 *   collect: ["seed"],
 *   negatable: ["color"],
 * });
 * assertEquals(args, { verbose: true, v: true, color: false, seed: ["1", "2"], _: ["run"] });
 * ```
 */
export function parseArgs<
  TArgs extends Values<TBooleans, TStrings, TCollectable, TNegatable, TDefault, TAliases>,
  TDoubleDash extends boolean | undefined = undefined,
  TBooleans extends boolean | Name = undefined,
  TStrings extends Name = undefined,
  TCollectable extends Name = undefined,
  TNegatable extends Name = undefined,
  TDefault extends Record<string, unknown> | undefined = undefined,
  const TAliases extends Aliases | undefined = undefined,
>(
  args: string[],
  options: ParseOptions<TBooleans, TStrings, TCollectable, TNegatable, TDefault, TAliases, TDoubleDash> = {},
): Args<TArgs, TDoubleDash> {
  const { stopEarly, unknown } = options;
  const groups = aliasGroups(options.alias);
  const withAliases = (names: unknown) =>
    new Set([names].flat().filter((x) => typeof x === "string").flatMap((x) => [x, ...groups.get(x) ?? []]));
  const booleans = withAliases(options.boolean);
  const strings = withAliases(options.string);
  const collected = withAliases(options.collect);
  const negatable = withAliases(options.negatable);
  const allBooleans = options.boolean === true;
  const result: Args = { _: [] };

  const number = (text: string) => /\S/.test(text) && Number.isFinite(Number(text)) ? Number(text) : text;
  const absent = (name: string) => strings.has(name) ? "" : true;
  const isFlag = (text: string) => text === "true" || text === "false";

  const assign = (name: string, value: unknown, collect = false) => {
    for (const key of [name, ...groups.get(name) ?? []]) setPath(result, key.split("."), value, collect);
  };
  const set = (name: string, value: string | boolean, arg: string, collect = collected.has(name)) => {
    const known = booleans.has(name) || strings.has(name) || groups.has(name) || (allBooleans && /^--[^=]+$/.test(arg));
    if (!known && unknown?.(arg, name, value) === false) return;
    assign(name, typeof value === "string" && !strings.has(name) ? number(value) : value, collect);
  };

  /** Sets a flag whose value, if any, is the next argument; returns whether it took that. */
  const setFromNext = (name: string, arg: string, next: string | undefined, takes: boolean): boolean => {
    if (next && takes && !booleans.has(name)) set(name, next, arg);
    else if (next && isFlag(next)) set(name, next === "true", arg);
    else return set(name, absent(name), arg), false;
    return true;
  };

  const long = (arg: string, { no = "", name, value }: Record<string, string>, next: string | undefined): boolean => {
    if (value) set(name, booleans.has(name) ? value !== "false" : value, arg);
    else if (no && negatable.has(name)) set(name, false, arg, false);
    else return setFromNext(no + name, arg, next, !allBooleans && !next?.startsWith("-"));
    return false;
  };

  const short = (arg: string, next: string | undefined): boolean => {
    const last = arg.length - 1;
    for (let i = 1; i < last; i++) {
      const name = arg[i];
      const value = valueInGroup(name, arg.slice(i + 1));
      if (value) return set(name, value, arg), false;
      set(name, absent(name), arg);
    }
    return setFromNext(arg[last], arg, next, !/^--?[^-]/.test(next ?? ""));
  };

  const terminator = args.indexOf("--");
  const end = terminator < 0 ? args.length : terminator;
  for (let i = 0; i < end; i++) {
    const arg = args[i];
    const next = i + 1 < end ? args[i + 1] : undefined;
    if (arg.startsWith("-") && arg !== "-") {
      const flag = LONG_FLAG.exec(arg)?.groups;
      if (flag ? long(arg, flag, next) : short(arg, next)) i++;
      continue;
    }
    if (unknown?.(arg) !== false) result._.push(strings.has("_") ? arg : number(arg));
    if (stopEarly) {
      result._.push(...args.slice(i + 1, end));
      break;
    }
  }

  for (const [name, value] of Object.entries(options.default ?? {})) {
    if (!hasPath(result, name.split("."))) assign(name, value);
  }
  for (const name of [...booleans, ...strings]) {
    const value = collected.has(name) ? [] : booleans.has(name) ? false : undefined;
    if (value !== undefined && !hasPath(result, name.split("."))) setPath(result, name.split("."), value, false);
  }
  const rest = args.slice(end + 1);
  if (options["--"]) result["--"] = rest;
  else result._.push(...rest);
  return result as Args<TArgs, TDoubleDash>;
}

/** The value at the end of a group of short flags, after the flag `name`: as in `-n=5`, `-n5`, `-n/path` or `-n-`. */
function valueInGroup(name: string, rest: string): string | undefined {
  if (rest === "-") return rest;
  const named = /[A-Za-z]/.test(name) ? /=(.+)/.exec(rest)?.[1] ?? (/\d\.?$/.test(rest) ? rest : undefined) : undefined;
  return named ?? (/^\W./s.test(rest) ? rest : undefined);
}

/** Every name with aliases, and every alias → all its other names. */
function aliasGroups(aliases: Aliases = {}): Map<string, string[]> {
  const groups = Object.entries(aliases).map(([name, others]) => [name, others].flat());
  return new Map(groups.flatMap((all) => all.map((name) => [name, all.filter((other) => other !== name)])));
}

/** Sets `object.a.b`, or appends to it. */
function setPath(object: Record<string, unknown>, [key, ...path]: string[], value: unknown, collect: boolean): void {
  const old = Object.hasOwn(object, key) ? object[key] : undefined;
  if (path.length > 0) {
    setPath((object[key] = old ?? {}) as Record<string, unknown>, path, value, collect);
  } else if (collect && Array.isArray(old)) {
    old.push(value);
  } else {
    object[key] = collect ? old ? [old, value] : [value] : value;
  }
}

function hasPath(object: Record<string, unknown>, [key, ...path]: string[]): boolean {
  if (!Object.hasOwn(object, key)) return false;
  return path.length === 0 || hasPath(Object(object[key]), path);
}

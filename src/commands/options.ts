import { availableParallelism } from "node:os";
import { parseFieldValue } from "../declare/field.ts";
import { engines } from "../engine/mod.ts";
import { find, UsageError } from "../errors.ts";
import type { Grid, Shard } from "../fleet/plan.ts";
import { rotatingSeeds, today } from "../fleet/seeds.ts";
import type { Judgement } from "../gate/judge.ts";
import { boardExporters, gateExporters } from "../report/exporters.ts";
import type { Row } from "../report/leaderboard.ts";
import { joinedThere } from "./expected.ts";
import { Exports, flagsOf } from "./exports.ts";
import { type Chosen, chosen, Flags } from "./flags.ts";

/** What `bench` was asked for, with values of the right type and nothing looked up yet. */
export interface BenchOptions extends Chosen {
  readonly workers: number;
  /** How many seeds of a cell one process has side by side. */
  readonly lanes: number;
  readonly overrides: Grid;
  /** Folder of records that are shown beside those of the bench, or null. */
  readonly beside: string | null;
  /** What is measured besides. */
  readonly probes: readonly string[];
  readonly dryRun: boolean;
  readonly cache: boolean;
  /** Seconds that one run may take, or null. */
  readonly timeoutSeconds: number | null;
  /** The part of the plan that is wanted, or null: all of it. */
  readonly shard: Shard | null;
  /** Day whose rotating seeds take the place of the profile's, or null. */
  readonly rotate: string | null;
  /** Whether the expected code is to run the plan as well. */
  readonly bothCodes: boolean;
  /** Day whose seeds confirm what the gate flags, or null: it is not to be confirmed. */
  readonly confirm: string | null;
  readonly gate: boolean;
  /** Folder of runs that joined the expectations, or null. */
  readonly joined: string | null;
  readonly canaries: boolean;
  readonly strict: boolean;
  readonly boardExports: Exports<readonly Row[]>;
  readonly gateExports: Exports<Judgement>;
}

const GATE_FLAGS = flagsOf(gateExporters);
const STRINGS = [
  "workers",
  "lanes",
  "set",
  "probe",
  "eval-every",
  "max-epochs",
  "timeout",
  "rotate",
  "day",
  "shard",
  "with",
  "joined",
  ...flagsOf(boardExporters),
  ...GATE_FLAGS,
];
const BOOLEANS = ["dry-run", "no-cache", "no-gate", "no-canaries", "confirm", "both-codes", "strict"];

const MOST_SECONDS = 2_000_000;

/** `name=value` pairs; values between commas are a grid. @throws {UsageError} for no such pair, or a field given twice */
export function parseOverrides(pairs: readonly string[]): Grid {
  const grid: Record<string, Grid[string]> = {};
  for (const pair of pairs) {
    const at = pair.indexOf("=");
    if (at < 1) throw new UsageError(`--set '${pair}': expected name=value, e.g. --set modulus=31`);
    const [name, values] = [pair.slice(0, at), pair.slice(at + 1).split(",").map(parseFieldValue)];
    if (values.includes("")) throw new UsageError(`--set '${pair}': a value is empty`);
    if (Object.hasOwn(grid, name)) {
      throw new UsageError(`--set ${name} is given twice; for both values write ${name}=A,B`);
    }
    grid[name] = values;
  }
  return grid;
}

/** `--max-epochs 5` is short for `--set maxEpochs=5`. @throws {UsageError} when both are given */
function withShort(grid: Grid, flag: string, name: string, value: number | null): Grid {
  if (value === null) return grid;
  if (Object.hasOwn(grid, name)) throw new UsageError(`--${flag} is --set ${name}=${value}; give one of the two`);
  return { ...grid, [name]: [value] };
}

/** `--rotate today` or a date; checked by drawing a seed. @throws {UsageError} */
function dayOf(text: string | null): string | null {
  if (text === null) return null;
  const day = text === "today" ? today() : text;
  rotatingSeeds(day, 1);
  return day;
}

/** `--shard 2/8`. @throws {UsageError} */
function parseShard(text: string | null): Shard | null {
  if (text === null) return null;
  const [, index, count] = (/^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? []).map(Number);
  if (!(index >= 1 && index <= count)) {
    throw new UsageError(`--shard '${text}': expected I/N with I from 1 to N, e.g. --shard 2/8`);
  }
  return { index, count };
}

/** Timers count milliseconds in 31 bits: 24 days. @throws {UsageError} */
export function timeoutOf(flags: Flags): number | null {
  const seconds = flags.count("timeout", 1);
  if (seconds !== null && seconds > MOST_SECONDS) {
    throw new UsageError(`--timeout '${seconds}': at most ${MOST_SECONDS} s; leave it out for no limit`);
  }
  return seconds;
}

/** Processes that share a device, where nothing else is asked for: one computes on it while the other is at its host's work. */
const SHARING = 2;

/** `-j 8`, or as many as are of use. @throws {UsageError} */
export function workersOf(flags: Flags, engine: string): number {
  const { hasLanes } = find("engine", engines, engine);
  return flags.count("workers", 1) ?? (hasLanes ? SHARING : availableParallelism());
}

/** With more of them a step takes longer, and nothing is gained any more. */
const MOST_LANES = 32;

/** `--lanes 8`, or `auto`: as many as are of use where the engine has lanes, else one. @throws {UsageError} */
export function lanesOf(flags: Flags, engine: string): number {
  const { id, hasLanes } = find("engine", engines, engine);
  if ((flags.text("lanes") ?? "auto") === "auto") return hasLanes ? MOST_LANES : 1;
  const lanes = flags.count("lanes", 1)!;
  if (lanes > 1 && !hasLanes) {
    const wide = engines.filter(({ hasLanes }) => hasLanes).map(({ id }) => id).join(", ");
    throw new UsageError(`--lanes ${lanes}: engine '${id}' has no lanes; leave it out, or choose ${wide} with -e`);
  }
  return lanes;
}

/** Reads the command line of `bench`. @throws {UsageError} */
export function parseBench(args: readonly string[]): BenchOptions {
  const flags = new Flags(args, { command: "bench", strings: STRINGS, booleans: BOOLEANS });
  const set = parseOverrides(flags.texts("set"));
  const sparse = withShort(set, "eval-every", "evalEvery", flags.count("eval-every", 1));
  const overrides = withShort(sparse, "max-epochs", "maxEpochs", flags.count("max-epochs", 1));
  const [rotate, day] = ["rotate", "day"].map((name) => dayOf(flags.text(name)));
  if (day && !flags.on("confirm")) throw new UsageError("--day is of the seeds that confirm; add --confirm");
  const own = chosen(flags);
  const shard = parseShard(flags.text("shard"));
  const judges = ["confirm", "strict"].find((name) => flags.on(name)) ??
    ["joined", ...GATE_FLAGS].find((name) => flags.text(name));
  if (shard && judges) throw new UsageError(`--${judges} is for the judgement of a whole plan; leave out --shard`);
  if (flags.on("no-gate") && judges) throw new UsageError(`--${judges} is for the gate; leave out --no-gate`);
  if (rotate && own.seeds.length) throw new UsageError("--rotate chooses the seeds by the date; leave out --seed");
  return {
    ...own,
    workers: workersOf(flags, own.engine),
    lanes: lanesOf(flags, own.engine),
    overrides,
    beside: flags.path("with"),
    probes: flags.names("probe"),
    dryRun: flags.on("dry-run"),
    cache: !flags.on("no-cache"),
    timeoutSeconds: timeoutOf(flags),
    shard,
    rotate,
    bothCodes: flags.on("both-codes"),
    confirm: flags.on("confirm") ? day ?? rotate ?? today() : null,
    gate: !flags.on("no-gate"),
    joined: joinedThere(flags),
    canaries: !flags.on("no-gate") && !flags.on("no-canaries"),
    strict: flags.on("strict"),
    boardExports: new Exports(boardExporters, flags),
    gateExports: new Exports(gateExporters, flags),
  };
}

import { resolve as resolvePath } from "node:path";
import type { Algorithm } from "../algorithms/algorithm.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { sourcesOf } from "../catalogue/sources.ts";
import { casesOf, type Entry } from "../declare/profile.ts";
import type { Values } from "../declare/field.ts";
import { engines } from "../engine/mod.ts";
import { find, UsageError } from "../errors.ts";
import { planOf } from "../fleet/plan.ts";
import type { Outcome } from "../fleet/supervisor.ts";
import { searchMarkdown, settingText } from "../report/search_markdown.ts";
import { Store } from "../run/record/store.ts";
import type { Trial } from "../run/trial.ts";
import { BUDGET_OF_A_SEARCH, entriesOf } from "../tune/plan.ts";
import { searchOf } from "../tune/search.ts";
import { settingsOf } from "../tune/settings.ts";
import { type Command, EXIT } from "./command.ts";
import { type Chosen, chosen, Flags } from "./flags.ts";
import { lanesOf, timeoutOf, workersOf } from "./options.ts";
import { opened } from "./plugins.ts";
import { carryOut, complain, preflight, printPlan, recordsOf } from "./training.ts";

const HELP = `Search constants for a method, as many runs for everyone, on seeds that are for nothing else.

Usage: deno task tune -a NAME|FILE [options]

  -a, --algorithm NAME|FILE  whose constants are searched, over the ranges that its 'search' declares (repeatable)
  -c, --case NAME          only these problems (repeatable, or separated by commas; default: all that are tuned on)
      --budget N           runs a problem at most (default: ${BUDGET_OF_A_SEARCH}): half as many settings, each with two
                           seeds
  -e, --engine NAME        onnx (default), onnx:webgpu, wasm, cpu, tensorflow, tensorflow-gpu or webgpu (deno task doctor)
  -j, --workers N          processes at a time (default: number of cores, 2 on an engine with lanes); results do not
                           depend on it
      --lanes K|auto       seeds of a cell that a process has side by side, on engines that have lanes (default: auto);
                           results do not depend on it
      --timeout SECONDS    what one run may take; one that takes longer is saved and counts as failed
      --results DIR        where records are kept (default: results)
      --no-cache           do all runs from the start, finished and unfinished ones; those that it began itself and that
                           were stopped go on
      --dry-run            print the plan and stop
  -h, --help

The first setting is the method's own constants, the others are points of a low-discrepancy sequence over its ranges. All
methods have the same cap on gradient calls. Of the settings that generalised with both seeds, the one with the least
geometric mean of gradient calls is best; so one that fails with the first seed is not run with the second. Measure it on
other seeds before you say anything of it: deno task bench --set NAME=VALUE.
Exit codes: 0 ok, 2 bad usage or failed runs.`;

/** What `tune` was asked for. */
interface TuneOptions extends Chosen {
  readonly budget: number;
  readonly workers: number;
  readonly lanes: number;
  readonly cache: boolean;
  readonly timeoutSeconds: number | null;
  readonly dryRun: boolean;
}

/** @throws {UsageError} */
function parsed(args: readonly string[]): TuneOptions {
  const plan = ["case", "algorithm", "engine", "results"] as const;
  const strings = ["workers", "lanes", "budget", "timeout"];
  const flags = new Flags(args, { command: "tune", plan, strings, booleans: ["dry-run", "no-cache"] });
  const own = chosen(flags);
  if (own.algorithms.length === 0) throw new UsageError("tune: whose constants? Name a method with -a, e.g. -a ppm");
  return {
    ...own,
    budget: flags.count("budget", 1) ?? BUDGET_OF_A_SEARCH,
    workers: workersOf(flags, own.engine),
    lanes: lanesOf(flags, own.engine),
    cache: !flags.on("no-cache"),
    timeoutSeconds: timeoutOf(flags),
    dryRun: flags.on("dry-run"),
  };
}

/** One search: a method on a problem, and the runs of each of its settings. */
interface Planned {
  readonly problem: Entry & { readonly case: string };
  readonly algorithm: Algorithm;
  readonly settings: readonly { readonly constants: Values; readonly trials: readonly Trial[] }[];
}

/** Every search that was asked for, checked. @throws {UsageError} */
function searchesOf(catalogue: Catalogue, { cases, algorithms, budget, engine }: TuneOptions): Planned[] {
  const { problems, seeds } = catalogue.tuning;
  find("engine", engines, engine);
  const count = budget / seeds.length;
  if (!Number.isInteger(count)) {
    throw new UsageError(
      `--budget '${budget}': each setting takes ${seeds.length} runs, so a multiple of ${seeds.length}`,
    );
  }
  const known = problems.flatMap(casesOf).map((id) => ({ id }));
  for (const id of cases) find("problem to tune on", known, id);
  const chosen = problems.filter((problem) => cases.length === 0 || cases.includes(problem.case));
  const selection = { cases: [], algorithms: [], seeds: [], overrides: {}, engine };
  return algorithms.flatMap((id) => {
    const algorithm = find("algorithm", catalogue.algorithms, id);
    const settings = settingsOf(algorithm, count);
    return chosen.map((problem) => ({
      problem,
      algorithm,
      settings: settings.map((constants) => {
        const entries = entriesOf(problem, { algorithm, settings: [constants], seeds });
        const profile = { id: "tune", summary: "", entries, algorithms: [id], seeds };
        return { constants, trials: planOf(catalogue, profile, selection, "every") };
      }),
    }));
  });
}

/**
 * Runs the searches seed by seed: a setting that fails with one cannot be chosen, and is not run with the next.
 *
 * @returns what came of each run that was made
 */
async function searched(
  searches: readonly Planned[],
  seeds: readonly number[],
  carry: (plan: readonly Trial[]) => Promise<Outcome[]>,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let settings = searches.flatMap(({ settings }) => settings);
  for (const seed of seeds) {
    const plan = settings.flatMap(({ trials }) => trials.filter(({ spec }) => spec.seed === seed));
    outcomes.push(...await carry(plan));
    if (outcomes.some((outcome) => "stopped" in outcome)) break;
    const grokked = new Set(recordsOf(outcomes).flatMap(({ id, generalised }) => generalised ? [id] : []));
    settings = settings.filter(({ trials }) => trials.some(({ id, spec }) => spec.seed === seed && grokked.has(id)));
  }
  return outcomes;
}

async function run(args: readonly string[], builtIn: Catalogue): Promise<number> {
  const [catalogue, options] = await opened(builtIn, parsed(args));
  const { seeds } = catalogue.tuning;
  const searches = searchesOf(catalogue, options);
  const plan = searches.flatMap(({ settings }) => settings.flatMap(({ trials }) => trials));
  const store = new Store(resolvePath(options.results), catalogue);
  if (options.dryRun) {
    printPlan(plan, store);
    return EXIT.ok;
  }
  await preflight(plan, store);
  const training = { ...options, sources: sourcesOf(catalogue) };
  const outcomes = await searched(searches, seeds, (plan) => carryOut(plan, store, training));
  const records = new Map(recordsOf(outcomes).map((record) => [record.id, record]));
  for (const { problem, algorithm, settings } of searches) {
    const done = settings.map(({ constants, trials }) => ({
      constants,
      records: trials.flatMap(({ id }) => records.get(id) ?? []),
    }));
    const found = searchOf(done, seeds);
    const best = found.best ? settingText(found.best.constants) : "none generalised with every seed";
    console.log(`## ${problem.case} ${algorithm.id}\n\n${searchMarkdown(found, seeds)}\n\nbest: ${best}\n`);
  }
  return complain(outcomes);
}

export const tune: Command = {
  name: "tune",
  summary: "search constants for a method, with the same number of runs for everyone",
  help: HELP,
  run,
};

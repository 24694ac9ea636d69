import { resolve as resolvePath } from "node:path";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { sourcesOf } from "../catalogue/sources.ts";
import { UsageError } from "../errors.ts";
import { searchMarkdown, settingText } from "../report/search_markdown.ts";
import { Store } from "../run/record/store.ts";
import { BUDGET_OF_A_SEARCH } from "../tune/plan.ts";
import { foundBy, runsOf, searched, searchesOf } from "../tune/searches.ts";
import { type Command, EXIT } from "./command.ts";
import { type Chosen, chosen, Flags } from "./flags.ts";
import { lanesOf, timeoutOf, workersOf } from "./options.ts";
import { opened } from "./plugins.ts";
import { carryOut, complain, preflight, printPlan } from "./training.ts";

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

async function run(args: readonly string[], builtIn: Catalogue): Promise<number> {
  const [catalogue, options] = await opened(builtIn, parsed(args));
  const { seeds } = catalogue.tuning;
  const searches = searchesOf(catalogue, options);
  const plan = runsOf(searches);
  const store = new Store(resolvePath(options.results), catalogue);
  if (options.dryRun) {
    printPlan(plan, store);
    return EXIT.ok;
  }
  await preflight(plan, store);
  const training = { ...options, sources: sourcesOf(catalogue) };
  const outcomes = await searched(searches, seeds, (plan) => carryOut(plan, store, training));
  for (const { problem, algorithm, search } of foundBy(searches, outcomes, seeds)) {
    const best = search.best ? settingText(search.best.constants) : "none generalised with every seed";
    console.log(`## ${problem.case} ${algorithm.id}\n\n${searchMarkdown(search, seeds)}\n\nbest: ${best}\n`);
  }
  return complain(outcomes);
}

export const tune: Command = {
  name: "tune",
  summary: "search constants for a method, with the same number of runs for everyone",
  help: HELP,
  run,
};

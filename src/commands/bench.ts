import { resolve as resolvePath } from "node:path";
import type { Finding } from "../gate/finding.ts";
import { type Flagged, gateInputOf, judge } from "../gate/judge.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { sourcesOf } from "../catalogue/sources.ts";
import { boardExporters, gateExporters } from "../report/exporters.ts";
import { missingPartners, missingText, withOthers } from "../report/beside.ts";
import { askedOf, leaderboardOf } from "../report/leaderboard.ts";
import { markdown } from "../report/markdown.ts";
import { cellOfTrial } from "../table/cell.ts";
import type { CellRuns } from "../table/table.ts";
import { confirmationSeeds } from "../fleet/seeds.ts";
import { resolve, type Trial } from "../run/trial.ts";
import { Store } from "../run/record/store.ts";
import type { Outcome } from "../fleet/supervisor.ts";
import { blessedIn, runBlessed } from "./blessed.ts";
import { runCanariesApart } from "./canary.ts";
import { type Command, EXIT } from "./command.ts";
import { JOINED_HELP } from "./expected.ts";
import { helpOf } from "./exports.ts";
import { type BenchOptions, parseBench } from "./options.ts";
import { folderOf, othersOf, partnersOf } from "./others.ts";
import { opened } from "./plugins.ts";
import { type Planned, planToRun } from "./plan.ts";
import { outputJudgement } from "./judgement_output.ts";
import { carryOut, complain, preflight, printPlan, recordsOf, type Training, wasStopped } from "./training.ts";

const HELP = `Train every chosen case under every chosen algorithm, print the leaderboard and judge it.

Usage: deno task bench [options]

  -p, --profile NAME       smoke, quick (default), tuned, tune, study or paper; --quick is short for --profile quick
  -c, --case NAME|FILE     cases in place of the profile's (repeatable, or separated by commas)
  -a, --algorithm NAME|FILE  algorithms in place of the profile's (likewise); ./mine.ts: those that the file defines
  -s, --seed SEEDS         0, 0,3,7 or 0..4
  -e, --engine NAME        onnx (default), onnx:webgpu, wasm, cpu, tensorflow, tensorflow-gpu or webgpu (deno task doctor)
  -j, --workers N          processes at a time (default: number of cores, 2 on an engine with lanes); results do not
                           depend on it
      --lanes K|auto       seeds of a cell that a process has side by side, on engines that have lanes (default: auto);
                           results do not depend on it
      --set NAME=VALUE     change a field of the cases or algorithms, e.g. --set modulus=31 --set sigma=3 (repeatable);
                           --set sigma=1,3,10 runs all three
      --probe NAME         measure this as well (repeatable, or separated by commas; default: none)
      --shard I/N          only every N-th run, from the I-th on: for job arrays (docs/clusters.md)
      --rotate DAY         seeds of that day (today, or 2026-11-23) in place of the profile's
      --both-codes         let the code that the expectations were blessed with run the plan as well (RESULTS/.blessed)
      --eval-every N       evaluate every N epochs (default: every epoch up to 100, then at each 1 % growth)
      --max-epochs N       budget: a run that reaches it without generalising is censored
      --timeout SECONDS    what one run may take; one that takes longer is saved and counts as failed
      --results DIR        where records are kept (default: results)
      --no-cache           do all runs from the start, finished and unfinished ones; those that it began itself and that
                           were stopped go on
      --no-canaries        do not compare the first steps with a float64 trajectory before training
      --no-gate            do not compare with the expectations (nor the first steps)
      --confirm            run fresh seeds where the gate sees a shift, and judge again
      --day DAY            whose seeds these are (default: that of --rotate, or today)
${JOINED_HELP}
      --strict             inconclusive is exit code 3
      --with DIR           show records that are there beside those of this bench, e.g. expected/quick/records
      --dry-run            print the plan and stop
${helpOf(boardExporters)}
${helpOf(gateExporters)}
  -h, --help

Interrupted runs go on where they were: give the same command again.
It ends with the gate: times and speedups are compared with expected/. Names: deno task list.
Exit codes: 0 ok, 1 drift, 2 bad usage or failed runs, 3 inconclusive under --strict.`;

/** What was asked for, and the sources of the code that was asked. */
type Loaded = BenchOptions & Training;

/** The flagged cells again, on seeds of the day that nothing has seen. */
function confirmationPlan(
  catalogue: Catalogue,
  plan: readonly Trial[],
  flagged: readonly Flagged[],
  day: string,
): Trial[] {
  return flagged.flatMap(({ cell, seeds }) => {
    const { spec } = plan.find((trial) => cellOfTrial(catalogue, trial).key === cell.key)!;
    return confirmationSeeds(day, seeds).map((seed) => resolve(catalogue, { ...spec, seed }));
  });
}

/** Judges what was run, has flagged cells confirmed where that is wanted, and says so; returns the exit code. */
async function gated(
  { profile, plan, beside }: Planned & { readonly beside: readonly CellRuns[] },
  outcomes: readonly Outcome[],
  canaries: readonly Finding[],
  store: Store,
  options: Loaded,
): Promise<number> {
  if (options.shard) {
    console.log("Gate: this is a part of the plan; bring the results together and judge them with 'deno task gate'.");
    return EXIT.ok;
  }
  const { catalogue } = store;
  const { engine, joined, results, confirm: day } = options;
  const input = gateInputOf({ catalogue, profile, engine, plan, beside, joined });
  const expected = new Set(input.expectations.flatMap(({ cells }) => cells.map(({ cell }) => cell.key)));
  const keys = plan.map((trial) => cellOfTrial(catalogue, trial).key);
  if (!keys.some((key) => expected.has(key) || input.promised?.has(key)) && !options.gateExports.asked) {
    console.log("Gate: nothing of this is expected yet ('deno task bless' would change that).");
    return options.strict ? EXIT.inconclusive : EXIT.ok;
  }
  const records = recordsOf(outcomes);
  const first = judge(input, { records, rejected: [] }, canaries);
  if (!day || wasStopped(outcomes) || first.flagged.length === 0) {
    return outputJudgement(first, options.gateExports, options.strict);
  }
  console.error(`gate: ${first.flagged.length} cells are to be confirmed; fresh seeds are run`);
  const again = await carryOut(confirmationPlan(catalogue, plan, first.flagged, day), store, options);
  const failed = complain(again);
  // Half of a confirmation is none: what is there by now waits for the same command.
  if (wasStopped(again)) return failed;
  const paired = first.flagged.filter((flagged) => flagged.paired);
  const wanted = paired.map(({ cell, seeds }) => ({ cell, seeds: confirmationSeeds(day, seeds) }));
  await runBlessed(wanted, { ...options, ...input, results: resolvePath(results) });
  const blessed = blessedIn(resolvePath(results), catalogue);
  const all = { records: [...records, ...recordsOf(again)], rejected: [], blessed };
  const verdict = outputJudgement(judge(input, all, canaries), options.gateExports, options.strict);
  return failed || verdict;
}

/** The same runs by the code that is expected: more of what is expected, and partners of the new ones. @returns the exit code */
async function runByBothCodes({ profile, plan }: Planned, catalogue: Catalogue, options: Loaded): Promise<number> {
  const cells = Map.groupBy(plan, (trial) => cellOfTrial(catalogue, trial).key);
  const wanted = [...cells.values()].map((trials) => ({
    cell: cellOfTrial(catalogue, trials[0]),
    seeds: trials.map(({ spec }) => spec.seed),
  }));
  const input = gateInputOf({ catalogue, profile, engine: options.engine, plan });
  const missing = await runBlessed(wanted, { ...options, ...input, results: resolvePath(options.results) });
  if (missing === 0) return EXIT.ok;
  console.error(`--both-codes: the expected code has not run ${missing} of ${wanted.length} cells, see above`);
  return EXIT.usage;
}

const namesOf = (plan: readonly Trial[]) => ({
  cases: [...new Set(plan.map((trial) => trial.case.id))],
  algorithms: [...new Set(plan.map(({ algorithm }) => algorithm.id))],
});

/** Wrong first steps make every later number wrong: hours of training would only say the same. */
function refuseToTrain(
  catalogue: Catalogue,
  { profile, plan }: Planned,
  canaries: readonly Finding[],
  options: BenchOptions,
): number {
  console.error("a canary failed: nothing is trained (--no-canaries trains all the same)");
  const input = { ...gateInputOf({ catalogue, profile, engine: options.engine, plan }), plan: [] };
  return outputJudgement(judge(input, { records: [], rejected: [] }, canaries), options.gateExports, options.strict);
}

async function run(args: readonly string[], builtIn: Catalogue): Promise<number> {
  const [catalogue, asked] = await opened(builtIn, parseBench(args));
  const options: Loaded = { ...asked, sources: sourcesOf(catalogue) };
  const planned = await planToRun(catalogue, options);
  const { plan } = planned;
  const store = new Store(resolvePath(options.results), catalogue);
  if (options.dryRun) {
    printPlan(plan, store);
    return EXIT.ok;
  }
  if (plan.length === 0) {
    console.log("Nothing to do: the plan has fewer runs than there are shards.");
    return EXIT.ok;
  }
  await preflight(plan, store);
  options.boardExports.assertWritable(options.results);
  options.gateExports.assertWritable(options.results);
  const others = othersOf(catalogue, options, (record) => record);
  const canaries = options.canaries ? await runCanariesApart(options.engine, namesOf(plan)) : [];
  if (canaries.some(({ verdict }) => verdict === "drift")) return refuseToTrain(catalogue, planned, canaries, options);
  const outcomes = await carryOut(plan, store, options);
  const own = askedOf(catalogue, outcomes);
  const shown = withOthers(catalogue, own, others.records);
  const rows = leaderboardOf(shown);
  console.log(markdown(rows));
  for (const line of missingText(catalogue, missingPartners(shown), folderOf(catalogue))) console.log(line);
  options.boardExports.write(rows);
  const failed = complain(outcomes);
  const unpaired = options.bothCodes && !wasStopped(outcomes)
    ? await runByBothCodes(planned, catalogue, options)
    : EXIT.ok;
  const verdict = options.gate
    ? await gated({ ...planned, beside: partnersOf(own, shown) }, outcomes, canaries, store, options)
    : EXIT.ok;
  return failed || unpaired || verdict;
}

export const bench: Command = {
  name: "bench",
  summary: "train every chosen case under every chosen algorithm and print the leaderboard",
  help: HELP,
  run,
};

import { resolve as resolvePath } from "node:path";
import { DEFAULT_PROFILE, IMAGE, type Profile, profiles } from "../../bench/profiles/mod.ts";
import { DataError } from "../data/data_error.ts";
import { engines, EngineUnavailable } from "../engine/mod.ts";
import { find, UsageError } from "../errors.ts";
import { csv } from "../report/csv.ts";
import { json } from "../report/json.ts";
import { leaderboard, type Row } from "../report/leaderboard.ts";
import { markdown } from "../report/markdown.ts";
import { watcherFor } from "../report/progress.ts";
import { assertWritable, writeAtomically } from "../run/files.ts";
import { planOf } from "../run/plan.ts";
import { overridesText, type Trial } from "../run/spec.ts";
import { Store } from "../run/store.ts";
import { type Outcome, supervise } from "../run/supervisor.ts";
import { type Command, EXIT } from "./command.ts";
import { chooseImageCase } from "./image_case.ts";
import { type BenchOptions, parseBench } from "./options.ts";

const HELP = `Train every chosen case under every chosen algorithm and print the leaderboard.

Usage: deno task bench [options]

  -p, --profile NAME       smoke, quick (default) or paper; --quick is short for --profile quick
  -c, --case NAME          cases in place of the profile's (repeatable, or separated by commas)
  -a, --algorithm NAME     algorithms in place of the profile's (likewise)
  -s, --seed SEEDS         0, 0,3,7 or 0..4
  -e, --engine NAME        onnx (default), wasm or cpu
  -j, --workers N          runs at a time (default: number of cores); results do not depend on it
      --set NAME=VALUE     change a field of the cases, e.g. --set modulus=31 --set layers=1 (repeatable)
      --eval-every N       evaluate every N epochs (default: every epoch up to 100, then at each 1 % growth)
      --max-epochs N       budget: a run that reaches it without generalising is censored
      --results DIR        where records are kept (default: results)
      --no-cache           do finished runs again
      --dry-run            print the plan and stop
      --export-csv FILE    write the leaderboard as CSV, and likewise
      --export-json FILE   as JSON, with every figure the table shows
      --export-markdown FILE
  -h, --help

Interrupted runs go on where they were: give the same command again.
Exit codes: 0 ok, 2 bad usage or failed runs. Names: deno task list.`;

const withImageCase = (profile: Profile, id: string): Profile => ({
  ...profile,
  entries: profile.entries.map((entry) => entry.case === IMAGE ? { ...entry, case: id } : entry),
});

/** The runs that were asked for. Everything is checked before the image case is chosen, which may download. */
async function planned(options: BenchOptions): Promise<Trial[]> {
  const profile = find("profile", profiles, options.profile ?? DEFAULT_PROFILE);
  find("engine", engines, options.engine);
  const offline = planOf(withImageCase(profile, "glyphs1k"), options);
  const usesImage = options.cases.length === 0 && profile.entries.some((entry) => entry.case === IMAGE);
  if (!usesImage) return offline;
  return planOf(withImageCase(profile, await chooseImageCase({ download: !options.dryRun })), options);
}

function printPlan(plan: readonly Trial[], store: Store): void {
  for (const trial of plan) {
    const { id, case: { id: caseId }, algorithm, spec } = trial;
    const state = store.find(trial, console.error) ? "finished" : "to do";
    console.log([id, caseId, algorithm.id, `seed ${spec.seed}`, overridesText(spec), state].join("\t"));
  }
}

function writeExports(rows: readonly Row[], { exports }: BenchOptions): void {
  const formats = [[exports.csv, csv], [exports.json, json], [exports.markdown, markdown]] as const;
  for (const [path, render] of formats) if (path) writeAtomically(path, render(rows));
}

/** What did not end as it should, and what to do: one line each. */
function complain(outcomes: readonly Outcome[]): number {
  let failed = 0;
  for (const outcome of outcomes) {
    if (!("failure" in outcome)) continue;
    const { trial: { case: { id }, algorithm, spec } } = outcome;
    console.error(`failed: ${id} ${algorithm.id} seed ${spec.seed}: ${outcome.failure}`);
    failed++;
  }
  const stopped = outcomes.filter((outcome) => "stopped" in outcome).length;
  if (stopped) console.error(`stopped: ${stopped} runs are unfinished; give the same command again to go on`);
  return failed || stopped ? EXIT.usage : EXIT.ok;
}

/** Refuses what cannot work before any run starts. */
async function preflight(plan: readonly Trial[], store: Store, { exports }: BenchOptions): Promise<void> {
  const trials = new Map(plan.map((trial) => [trial.case.id, trial]));
  const engine = plan[0].spec.engine;
  try {
    await find("engine", engines, engine).start();
    for (const trial of trials.values()) await trial.case.checkData();
  } catch (error) {
    if (error instanceof EngineUnavailable || error instanceof DataError) throw new UsageError(error.message);
    throw error;
  }
  store.assertWritable();
  for (const [kind, path] of Object.entries(exports)) if (path) assertWritable(`--export-${kind}`, path);
}

async function run(args: readonly string[]): Promise<number> {
  const options = parseBench(args);
  if (options.help) {
    console.log(HELP);
    return EXIT.ok;
  }
  const plan = await planned(options);
  const store = new Store(resolvePath(options.results));
  if (options.dryRun) {
    printPlan(plan, store);
    return EXIT.ok;
  }
  await preflight(plan, store, options);
  const interrupt = new AbortController();
  const onSignal = () => interrupt.abort();
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, onSignal);
  const watcher = watcherFor(plan);
  const outcomes = await supervise(plan, store, {
    workers: options.workers,
    reuse: options.cache,
    signal: interrupt.signal,
  }, watcher);
  watcher.close();
  const rows = leaderboard(outcomes);
  console.log(markdown(rows));
  writeExports(rows, options);
  return complain(outcomes);
}

export const bench: Command = {
  name: "bench",
  summary: "train every chosen case under every chosen algorithm and print the leaderboard",
  help: HELP,
  run,
};

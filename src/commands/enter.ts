import { resolve as resolvePath } from "node:path";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { isPath } from "../catalogue/load.ts";
import { sourcesOf } from "../catalogue/sources.ts";
import { find, UsageError } from "../errors.ts";
import type { Outcome } from "../fleet/supervisor.ts";
import { expectedFolder } from "../gate/expectation.ts";
import { type Entered, knownOn } from "../report/entered.ts";
import { enteredExporter, enteredMarkdown } from "../report/entered_markdown.ts";
import { readArchive } from "../run/record/archive.ts";
import type { RunRecord } from "../run/record/record.ts";
import { Store } from "../run/record/store.ts";
import type { Trial } from "../run/trial.ts";
import { seeds as seedsText } from "../text.ts";
import { BUDGET_OF_A_SEARCH } from "../tune/plan.ts";
import { foundBy, measurementOf, runsOf, searched, searchesOf } from "../tune/searches.ts";
import { type Command, EXIT } from "./command.ts";
import { entrantIn } from "./entrant.ts";
import { Exports, flagsOf, helpOf } from "./exports.ts";
import { type Chosen, chosen, Flags } from "./flags.ts";
import { lanesOf, timeoutOf, workersOf } from "./options.ts";
import { othersOf } from "./others.ts";
import { carryOut, complain, preflight, printPlan, recordsOf } from "./training.ts";

/** Where the repository keeps the methods at what their searches have found, and the seeds that they were measured on. */
const KEPT = "tuned";
const SEEDS = [0, 1, 2, 3, 4];

const HELP =
  `Say where a method of your own would rank: the search that all have had, fresh seeds, its control, one page.

Usage: deno task enter FILE [options]

  FILE                     defines one algorithm with a 'search' (docs/guide.md); its control too, where that is not there
  -c, --case NAME          problems to search on (repeatable, or separated by commas; default: those of 'deno task tune'
                           that need no download)
      --budget N           runs a problem at most (default: ${BUDGET_OF_A_SEARCH}, which the others have had)
  -s, --seed SEEDS         what is found is measured on these: 0, 0,3,7 or 0..4 (the default)
  -e, -j, --lanes, --timeout, --results, --no-cache: as 'deno task tune' has them
      --with DIR           records of the methods to rank it among (default: expected/${KEPT}/records)
      --dry-run            print the plan of the search and stop
${helpOf([enteredExporter])}
  -h, --help

The search is that of 'deno task tune'. Then the method with what was found, and its control with all constants that both
have, run on the fresh seeds. The page has its place among the methods that have had the same search, by the median
of the gradient calls, what their paired comparison tells apart, and the commands for a pull request.
Interrupted runs go on where they were: give the same command again. There is no page while runs are missing.
Exit codes: 0 ok, 2 bad usage or failed runs.`;

/** What `enter` was asked for. */
interface EnterOptions extends Chosen {
  readonly file: string;
  readonly budget: number;
  readonly workers: number;
  readonly lanes: number;
  readonly cache: boolean;
  readonly timeoutSeconds: number | null;
  /** Folder of records of others that was named, or null: what the repository keeps. */
  readonly with: string | null;
  /** The same as it is told of. */
  readonly beside: string;
  readonly dryRun: boolean;
  readonly exports: Exports<Entered>;
}

/** @throws {UsageError} */
function parsed(args: readonly string[]): EnterOptions {
  const plan = ["case", "seed", "engine", "results"] as const;
  const strings = ["workers", "lanes", "budget", "timeout", "with", ...flagsOf([enteredExporter])];
  const booleans = ["dry-run", "no-cache"];
  const flags = new Flags(args, { command: "enter", plan, strings, booleans, arguments: true });
  const [file, ...more] = flags.arguments;
  if (file === undefined || more.length || !isPath(file)) {
    const found = flags.arguments.length ? `'${flags.arguments.join(" ")}'` : "nothing";
    throw new UsageError(`enter takes the file of one method, not ${found}; give its path, e.g. ./mine.ts`);
  }
  const own = chosen(flags);
  return {
    ...own,
    file,
    seeds: own.seeds.length ? own.seeds : SEEDS,
    budget: flags.count("budget", 1) ?? BUDGET_OF_A_SEARCH,
    workers: workersOf(flags, own.engine),
    lanes: lanesOf(flags, own.engine),
    cache: !flags.on("no-cache"),
    timeoutSeconds: timeoutOf(flags),
    with: flags.path("with"),
    beside: flags.text("with") ?? `expected/${KEPT}/records`,
    dryRun: flags.on("dry-run"),
    exports: new Exports([enteredExporter], flags),
  };
}

/** Problems that were asked for, or those whose data are computed. */
const casesOf = ({ tuning, cases }: Catalogue, asked: readonly string[]): readonly string[] =>
  asked.length
    ? asked
    : tuning.problems.flatMap(({ case: id }) => find("case", cases, id).data === undefined ? [id] : []);

/** @throws {UsageError} for seeds on which constants are chosen: what is best there is so by chance, too */
function refuseTuningSeeds({ tuning }: Catalogue, seeds: readonly number[]): void {
  const used = seeds.filter((seed) => tuning.seeds.includes(seed));
  if (used.length) throw new UsageError(`--seed ${used.join(",")}: the search is on that seed; choose others`);
}

/** Records of other methods: those of a folder that was named, or else what the repository keeps of this engine. */
function knownRecords(catalogue: Catalogue, { with: beside, engine }: EnterOptions): readonly RunRecord[] {
  if (beside !== null) return othersOf(catalogue, { beside, engine }, (record) => record).records;
  const { records, rejected } = readArchive(`${expectedFolder(KEPT)}/records`, catalogue, (record) => record);
  for (const line of rejected) console.error(line);
  return records.filter((record) => record.engine === engine);
}

/** What a page would lack. @returns the exit code */
function withoutPage(outcomes: readonly Outcome[]): number {
  const exitCode = complain(outcomes);
  if (exitCode !== EXIT.ok) console.error("enter: there is no page while runs are missing");
  return exitCode;
}

async function run(args: readonly string[], builtIn: Catalogue): Promise<number> {
  const options = parsed(args);
  const [catalogue, algorithm] = await entrantIn(builtIn, options.file);
  const { seeds: tuningSeeds } = catalogue.tuning;
  refuseTuningSeeds(catalogue, options.seeds);
  const cases = casesOf(catalogue, options.cases);
  const searches = searchesOf(catalogue, { ...options, cases, algorithms: [algorithm.id] });
  const store = new Store(resolvePath(options.results), catalogue);
  if (options.dryRun) {
    printPlan(runsOf(searches), store);
    console.error(`then, with what is found: ${algorithm.id} and its control on seeds ${seedsText(options.seeds)}`);
    return EXIT.ok;
  }
  const known = knownRecords(catalogue, options);
  options.exports.assertWritable(options.results);
  await preflight(runsOf(searches), store);
  const training = { ...options, sources: sourcesOf(catalogue) };
  const carry = (plan: readonly Trial[]) => carryOut(plan, store, training);
  const tuned = await searched(searches, tuningSeeds, carry);
  const lacking = withoutPage(tuned);
  if (lacking !== EXIT.ok) return lacking;
  const found = foundBy(searches, tuned, tuningSeeds);
  const measurements = found.map((one) => measurementOf(catalogue, one, options));
  const fresh = await carry(measurements.flatMap(({ own, control }) => [...own, ...control ?? []]));
  const exitCode = withoutPage(fresh);
  if (exitCode !== EXIT.ok) return exitCode;
  const records = new Map(recordsOf([...tuned, ...fresh]).map((record) => [record.id, record]));
  const recordsFor = (trials: readonly Trial[]) => trials.map(({ id }) => records.get(id)!);
  const entered: Entered = {
    ...options,
    algorithm,
    tuningSeeds,
    problems: found.map(({ problem, search }, i) => ({
      problem,
      search,
      own: recordsFor(measurements[i].own),
      control: measurements[i].control && recordsFor(measurements[i].control),
      known: knownOn(catalogue, problem, options, known),
    })),
    records: [...records.values()],
  };
  console.log(enteredMarkdown(entered));
  options.exports.write(entered);
  return EXIT.ok;
}

export const enter: Command = {
  name: "enter",
  summary: "say where a method of your own would rank: search, fresh seeds, its control, one page",
  help: HELP,
  run,
};

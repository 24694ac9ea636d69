import { availableParallelism } from "node:os";
import { resolve as resolvePath } from "node:path";
import { catalogue } from "../../bench/mod.ts";
import { find, UsageError } from "../../src/errors.ts";
import { type CellSample, cellSamplesOf } from "./cell_sample.ts";
import { type Scheme, SCHEMES } from "./deals.ts";
import { CLEAR, CONTROL, type MutantOutcome, outcomeByTests, outcomesOf } from "./mutant_outcome.ts";
import { everyMutant, judging } from "./mutants/mod.ts";
import { falseAlarms, type Power, power, type Rate } from "./nights.ts";
import { assertApplies, snapshot } from "./tree.ts";
import { mutantsMarkdown, nightsMarkdown } from "./markdown.ts";
import { assertWritable, writeAtomically } from "../../src/files.ts";
import { type Command, EXIT } from "../../src/commands/command.ts";
import { mainOfOne } from "../../src/commands/shell.ts";
import { Flags } from "../../src/commands/flags.ts";
import { planOfRecords } from "../../src/commands/plan.ts";

const HELP = `Test the gate itself: does it catch seeded bugs, and does it leave honest nights alone?

Usage: deno task gate:audit [options]

      --mutants ID,...     only these seeded bugs (default: all; a run without a bug comes first)
      --no-mutants         none
      --nights N           simulated nights for each figure (default: 1000)
      --no-nights          none
      --scheme NAME,...    how they are made: resampled, redrawn, "paired measured", or e.g. "paired 0.95" (default: all; see deals.ts)
  -p, --profile NAME       whose cells and seeds a night has (default: paper)
  -j, --workers N          mutants at a time (default: 1; seconds are of one alone)
      --expected DIR       folder of expectations (default: the project's expected)
      --json FILE          write mutants, falseAlarms and power as JSON
  -h, --help

Exit codes: 0 every bug was caught and of those in what runs 3 in 4 within a minute, untrained, 1 not so, 2 bad usage.`;

const SHIFTS = [1.25, 1.5, 2, 3];
/** Share of mutants that have to be caught before anything is trained, and in what time. */
const EARLY = { share: 3 / 4, seconds: 60 };

const told = ({ id, caughtBy, seconds, symptom }: MutantOutcome) =>
  `${id}: ${caughtBy ?? (id === CONTROL ? "passed" : "escaped")} after ${seconds} s${symptom ? `; ${symptom}` : ""}`;

interface Request {
  readonly ids: readonly string[] | null;
  readonly nights: number;
  readonly schemes: readonly Scheme[];
  readonly profile: string;
  readonly workers: number;
  readonly expected: string | undefined;
  readonly file: string | null;
}

function requestOf(args: readonly string[]): Request {
  const flags = new Flags(args, {
    command: "gate:audit",
    plan: ["profile"],
    strings: ["mutants", "nights", "scheme", "workers", "expected", "json"],
    booleans: ["no-mutants", "no-nights"],
  });
  const [named, expected] = [flags.text("mutants"), flags.text("expected")];
  if (named && flags.on("no-mutants")) throw new UsageError("--mutants and --no-mutants: choose one");
  const workers = flags.count("workers", 1) ?? 1;
  if (workers > availableParallelism()) {
    throw new UsageError(`--workers ${workers}: this machine has ${availableParallelism()} cores`);
  }
  const ids = named?.split(",").map((id) => find("mutant", everyMutant, id.trim()).id) ??
    everyMutant.map(({ id }) => id);
  return {
    ids: flags.on("no-mutants") ? null : ids,
    nights: flags.on("no-nights") ? 0 : flags.count("nights", 1) ?? 1000,
    profile: find("profile", catalogue.profiles, flags.text("profile") ?? "paper").id,
    schemes:
      flags.text("scheme")?.split(",").map((name) => find("scheme", SCHEMES.map((id) => ({ id })), name.trim()).id) ??
        SCHEMES,
    workers,
    expected: expected === null ? undefined : resolvePath(expected),
    file: flags.text("json"),
  };
}

/** The control, then the mutants; whoever fails the control tells nothing about mutants. */
async function auditMutants(
  { ids, workers, expected }: Request,
): Promise<{ control: MutantOutcome; outcomes: MutantOutcome[] } | null> {
  if (!ids) return null;
  const chosen = everyMutant.filter(({ id }) => ids.includes(id));
  for (const mutant of chosen) assertApplies(mutant);
  const base = snapshot(expected);
  const tell = (outcome: MutantOutcome) => console.error(told(outcome));
  try {
    const [run, judged] = [
      chosen.filter((mutant) => !("tests" in mutant)),
      chosen.filter((mutant) => "tests" in mutant),
    ];
    const controls = [
      ...(run.length ? await outcomesOf(base, [null], 1, tell) : []),
      ...(judged.length ? [await outcomeByTests(base, null)] : []),
    ];
    const control = controls.find(({ caughtBy }) => caughtBy) ?? controls[0];
    return { control, outcomes: control.caughtBy ? [] : await outcomesOf(base, chosen, workers, tell) };
  } finally {
    Deno.removeSync(base, { recursive: true });
  }
}

/** Cells of the profile that have expectations, or else those of the first profile that has any. @throws {UsageError} */
function cellsOf({ profile, expected }: Request): { profile: string; cells: CellSample[] } {
  const others = [catalogue.defaultProfile, ...catalogue.profiles.map(({ id }) => id)].filter((id) => id !== profile);
  const choice = { help: false, cases: [], algorithms: [], seeds: [], engine: "onnx", results: "" };
  for (const id of [profile, ...others]) {
    // Of an entry that has a choice of cases, a night has the first.
    for (const available of [[], "every"] as const) {
      const { plan } = planOfRecords(catalogue, { ...choice, profile: id }, available);
      const cells = cellSamplesOf(id, choice.engine, plan, expected);
      if (cells.length) return { profile: id, cells };
    }
  }
  throw new UsageError("gate:audit: there are no expectations to make nights of (deno task bless)");
}

interface Nights {
  readonly profile: string;
  readonly cells: number;
  readonly alarms: readonly { readonly scheme: Scheme; readonly rate: Rate & { readonly confirming: number } }[];
  readonly seen: readonly { readonly scheme: Scheme; readonly shift: number; readonly rate: Power }[];
}

function auditNights(request: Request): Nights | null {
  if (request.nights === 0) return null;
  const { profile, cells } = cellsOf(request);
  console.error(`nights of ${profile}: ${cells.length} cells`);
  return {
    profile,
    cells: cells.length,
    alarms: request.schemes.map((scheme) => ({ scheme, rate: falseAlarms(cells, request.nights, scheme) })),
    seen: request.schemes.filter((scheme) => scheme !== "resampled").flatMap((scheme) =>
      SHIFTS.map((shift) => ({ scheme, shift, rate: power(cells, request.nights, shift, scheme) }))
    ),
  };
}

/** The file for machines; false alarms are those of the scheme with more. */
function jsonOf(mutation: { readonly outcomes: readonly MutantOutcome[] } | null, nights: Nights | null): string {
  const rates = nights?.alarms.map(({ scheme, rate }) => ({ scheme, ...rate, alarms: rate.hits })) ?? [];
  const worst = rates.toSorted((a, b) => b.alarms - a.alarms)[0];
  return JSON.stringify(
    {
      mutants: mutation?.outcomes ?? [],
      falseAlarms: worst
        ? { nights: worst.nights, alarms: worst.alarms, interval: worst.interval, schemes: rates }
        : null,
      power: nights?.seen.map(({ scheme, shift, rate }) => ({ scheme, shift, power: rate.rate, ...rate })) ?? [],
    },
    null,
    2,
  ) + "\n";
}

/** Says what became of the mutants; whether the gate passes. */
function printMutants(
  { control, outcomes }: { readonly control: MutantOutcome; readonly outcomes: readonly MutantOutcome[] },
): boolean {
  if (control.caughtBy) {
    console.log(`The project as it is does not pass its own gate (${control.caughtBy}): ${control.symptom}`);
    return false;
  }
  const judged = new Set(judging.map(({ id }) => id));
  const ran = outcomes.filter(({ id }) => !judged.has(id));
  const early = ran.filter(({ untrained, seconds }) => untrained && seconds < EARLY.seconds).length;
  const escaped = outcomes.filter(({ caughtBy }) => !caughtBy).map(({ id }) => id);
  console.log(`## Mutants\n\n${mutantsMarkdown(outcomes)}\n`);
  console.log(
    `${
      outcomes.length - escaped.length
    } of ${outcomes.length} caught, of the ${ran.length} in what runs ${early} before anything is trained and within a minute.`,
  );
  if (escaped.length) console.log(`Escaped: ${escaped.join(", ")}.`);
  const near = outcomes.filter(({ margin }) => margin !== null && margin < CLEAR).map(({ id }) => id);
  if (near.length) console.log(`Off by less than ${CLEAR} tolerances at every canary: ${near.join(", ")}.`);
  return escaped.length === 0 && early >= EARLY.share * ran.length;
}

/** What is compared in the nights of a scheme. */
function whatOf(scheme: Scheme): string {
  if (scheme === "resampled") return "other seeds, the reference taken for the truth";
  if (scheme === "redrawn") return "other seeds, reference redrawn too";
  return `the same seeds, r ${scheme === "paired measured" ? "as measured" : `= ${scheme.slice("paired ".length)}`}`;
}

function printNights({ profile, cells, alarms, seen }: Nights): void {
  const rows = [
    ...alarms.map(({ scheme, rate }) => ({
      what: `${whatOf(scheme)}: nothing changed; ${rate.confirming.toFixed(1)} runs to confirm`,
      rate,
    })),
    ...seen.map(({ scheme, shift, rate }) => ({ what: `${whatOf(scheme)}: one cell × ${shift}`, rate })),
  ];
  console.log(`\n## Nights\n\n${cells} cells of ${profile}.\n\n${nightsMarkdown(rows)}`);
}

async function run(args: readonly string[]): Promise<number> {
  const request = requestOf(args);
  if (request.file) assertWritable("--json", request.file);
  const mutation = await auditMutants(request);
  const passed = mutation ? printMutants(mutation) : true;
  const nights = auditNights(request);
  if (nights) printNights(nights);
  if (request.file) writeAtomically(request.file, jsonOf(mutation, nights));
  return passed ? EXIT.ok : EXIT.drift;
}

export const audit: Command = {
  name: "gate:audit",
  summary: "test the gate: seeded bugs, and honest nights",
  help: HELP,
  run,
};

if (import.meta.main) await mainOfOne(audit, Deno.args, catalogue);

import { createHash } from "node:crypto";
import { type Stream, stream } from "../../src/data/stream.ts";
import { EPOCH_COLUMNS, STEP_COLUMNS } from "../../src/declare/columns.ts";
import type { Curve, Milestone, RunRecord, Status, Table } from "../../src/run/record/record.ts";
import { sealed } from "../../src/run/record/seal.ts";
import { nextEvaluation, nextRecorded } from "../../src/run/schedule.ts";
import { askedFor } from "../../src/run/record/finish.ts";
import { overridesText, type Trial } from "../../src/run/trial.ts";

/** Steps of an epoch, and samples that an accuracy is a share of. */
const STEPS = 2;
const SAMPLES = 552;
/** Median epochs to generalise, and the spread of its logarithm over cells, over seeds, and over trajectories of a seed. */
const MEDIAN = 36;
const SPREAD = { cells: 0.3, seeds: 0.25, trajectories: 0.05 };
/** Memorised after this share of it. */
const MEMORISED = 0.4;
const DIVERGES = 0.01;
/** Share of the epochs after the crossing that fall below it again. */
const DIPS = 0.03;

/** By what code runs are made up, and which of its trajectories they have. */
export interface Maker {
  readonly sources: string;
  readonly commit: string;
  /** Runs of one seed by two of them differ by a few per cent. */
  readonly trajectory: number;
}

/** When a run gets where, in epochs that need not be whole, and after how many it diverges. */
interface Fate {
  readonly memorises: number;
  readonly generalises: number;
  readonly diverges: number;
}

const cellName = ({ spec }: Trial): string => `${spec.case} ${spec.algorithm} ${overridesText(spec)}`;

/** Times are log-normal, about a median of the cell. */
function fateOf(trial: Trial, trajectory: number): Fate {
  const [cell, { seed }] = [cellName(trial), trial.spec];
  const own = stream(seed, cell, "128-bit");
  const log = Math.log(MEDIAN) + SPREAD.cells * stream(0, cell, "128-bit").normal() + SPREAD.seeds * own.normal() +
    SPREAD.trajectories * stream(seed, `${cell} ${trajectory}`, "128-bit").normal();
  const generalises = Math.exp(log);
  const diverges = own.uniform() < DIVERGES ? Math.ceil(generalises / 2) : Infinity;
  return { memorises: MEMORISED * generalises, generalises, diverges };
}

const share = (accuracy: number): number => Number((Math.round(accuracy * SAMPLES) / SAMPLES).toPrecision(9));
const float = (x: number): number => Math.round(x * 1e8) / 1e8;

/** An accuracy that rises towards a threshold, is above it from some epoch on, and falls back now and then. */
function accuracyAt(epoch: number, from: number, threshold: number, dips: boolean): number {
  if (epoch < from) return share(threshold * 0.9 * epoch / from);
  return dips ? share(threshold * 0.95) : share(threshold + (1 - threshold) * 0.9);
}

/** Epochs at which a run is evaluated, to its end. */
function epochsOf({ config }: Trial, { generalises, diverges }: Fate): number[] {
  const epochs: number[] = [];
  let [crossed, epoch] = [Infinity, 0];
  while (epoch <= Math.min(config.maxEpochs, crossed + config.extraEpochs) && epoch < diverges) {
    epochs.push(epoch);
    if (epoch >= generalises) crossed = Math.min(crossed, epoch);
    epoch = crossed < Infinity ? epoch + 1 : Math.min(config.maxEpochs, nextEvaluation(epoch, config.evalEvery));
    if (epochs.at(-1) === config.maxEpochs) break;
  }
  return epochs;
}

/** A column of numbers about a level that falls or rises with the rows. */
const drifting = (rows: number, random: Stream, level: number): number[] =>
  Array.from({ length: rows }, (_, row) => float(level * (1 + row / rows) * (1 + 0.05 * random.uniform())));

/** One row an evaluated epoch; without a predator its columns hold nothing. */
function epochTable(trial: Trial, fate: Fate, random: Stream): Table {
  const { config, algorithm } = trial;
  const epochs = epochsOf(trial, fate);
  const dipsAt = new Set(epochs.filter((epoch) => epoch > fate.generalises + 1 && random.uniform() < DIPS));
  const known: Table = {
    epoch: epochs,
    steps: epochs.map((epoch) => STEPS * epoch),
    gradientCalls: epochs.map((epoch) => STEPS * epoch),
    phase: epochs.map((epoch) => epoch >= fate.memorises ? 1 : 0),
    trainAccuracy: epochs.map((epoch) => accuracyAt(epoch, fate.memorises, config.memorisedAbove, false)),
    testAccuracy: epochs.map((epoch) =>
      accuracyAt(epoch, fate.generalises, config.generalisedAbove, dipsAt.has(epoch))
    ),
  };
  const level = (name: string) =>
    name.startsWith("predator") && algorithm.control === null
      ? epochs.map(() => null)
      : drifting(epochs.length, random, 1 + 10 * random.uniform());
  return Object.fromEntries(EPOCH_COLUMNS.map((name) => [name, known[name] ?? level(name)]));
}

/** One row a recorded step; the last loss of a diverged run is not finite. */
function stepTable({ algorithm }: Trial, steps: number, diverged: boolean, random: Stream): Table {
  const rows: number[] = [];
  for (let step = 1; step < steps; step = nextRecorded(step)) rows.push(step);
  rows.push(steps);
  const known: Table = { step: rows, phase: rows.map(() => 0), t: rows };
  const level = (name: string) =>
    /^(predator|distance|potential)/.test(name) && algorithm.control === null
      ? rows.map(() => null)
      : drifting(rows.length, random, 1 + random.uniform());
  const table: Table = Object.fromEntries(STEP_COLUMNS.map((name) => [name, known[name] ?? level(name)]));
  if (diverged) table.loss[rows.length - 1] = null;
  return table;
}

function milestoneAt({ epoch, steps, gradientCalls }: Table, row: number): Milestone | null {
  return row < 0 || row >= epoch.length
    ? null
    : { epoch: epoch[row]!, steps: steps[row]!, gradientCalls: gradientCalls[row]! };
}

/** What a run came to by its curve. */
function outcomeOf({ config }: Trial, { epochs }: Curve, status: (generalised: boolean) => Status) {
  const above = (accuracy: number | null) => accuracy! > config.generalisedAbove;
  const generalised = milestoneAt(epochs, epochs.testAccuracy.findIndex(above));
  const after = generalised
    ? epochs.testAccuracy.filter((_, row) => epochs.epoch[row]! > generalised.epoch) as number[]
    : [];
  const ended = status(generalised !== null);
  return {
    status: ended,
    memorised: milestoneAt(epochs, epochs.trainAccuracy.findIndex((x) => x! > config.memorisedAbove)),
    generalised,
    above: ended === "diverged" ? null : milestoneAt(
      epochs,
      epochs.testAccuracy.findLastIndex((accuracy) => !above(accuracy)) + 1,
    ),
    steadiness: after.length === 0 ? null : {
      epochs: after.length,
      shareAbove: after.filter(above).length / after.length,
      lowestAccuracy: Math.min(...after),
    },
  };
}

/** The full record that a run might have left: drawn, not trained, and sealed; its curve tells of its milestones. */
export function madeUp(trial: Trial, { sources, commit, trajectory }: Maker): RunRecord {
  const fate = fateOf(trial, trajectory);
  const random = stream(trial.spec.seed, `${cellName(trial)} curve ${trajectory}`, "128-bit");
  const epochs = epochTable(trial, fate, random);
  const last = epochs.epoch.at(-1)!;
  const diverged = fate.diverges < Infinity;
  // It ends in the middle of an epoch.
  const steps = STEPS * last + (diverged ? 1 : 0);
  const curve: Curve = { epochs, steps: stepTable(trial, steps, diverged, random) };
  const outcome = outcomeOf(trial, curve, (there) => diverged ? "diverged" : there ? "grokked" : "censored");
  const seconds = (at: Milestone | null) => at && float(at.epoch / 8);
  return sealed({
    ...askedFor(trial),
    probes: [],
    parameters: 10_000,
    epochs: last,
    steps,
    gradientCalls: steps,
    ...outcome,
    digest: createHash("sha256").update(`${trial.id} ${trajectory}`).digest("hex"),
    computation: createHash("sha256").update(cellName(trial)).digest("hex"),
    curve,
    provenance: {
      deno: Deno.version.deno,
      engineVersions: trial.engineVersions,
      cpu: "a processor",
      os: "linux x86_64",
      commit,
      dirty: false,
      sources,
    },
    timing: {
      wallSeconds: float(last / 8),
      secondsMemorised: seconds(outcome.memorised),
      secondsGeneralised: seconds(outcome.generalised),
      finishedAt: "2026-11-23T00:00:00.000Z",
    },
  });
}

import { UsageError } from "../errors.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { valuesText } from "../declare/field.ts";
import { cellOf, cellOfTrial, methodText } from "../table/cell.ts";
import type { Checkpoint } from "../run/record/checkpoint.ts";
import type { RunSummary, Table } from "../run/record/record.ts";
import { lastOf } from "../run/trajectory.ts";
import { overridesText, resolve, type Trial, type TrialSpec } from "../run/trial.ts";

/** Rows that a curve is thinned to: more than a chart has room for. */
const MOST_ROWS = 240;

/** What a run is: its cell and its seed, as text. */
export interface RunName {
  readonly id: string;
  readonly case: string;
  /** How its fields differ from those of the case: `beta=0.8 layers=1`. */
  readonly variant: string;
  readonly algorithm: string;
  /** Algorithm and how its constants differ from those that it has for the case: `ppm sigma=3`. */
  readonly method: string;
  readonly seed: number;
}

/** A run that has left a checkpoint and no record yet. */
export interface RunUnderWay {
  readonly id: string;
  readonly name: RunName;
  readonly epoch: number;
  /** The budget, or null when it is not known. */
  readonly maxEpochs: number | null;
  readonly phase: string | null;
  /** Epochs of the milestones. */
  readonly memorised: number | null;
  readonly generalised: number | null;
  /** Columns `epoch`, `trainAccuracy`, `testAccuracy`, `weightNorm` of the evaluated epochs. */
  readonly epochs: Table;
  /** Columns `step` and `distance` of the steps of a hunt; null without a predator. */
  readonly distances: Table | null;
  /** When the checkpoint was written: milliseconds since 1970. */
  readonly savedAt: number;
  /** Whether its budget has ended it: what is left lies there for a larger one. */
  readonly over: boolean;
}

/** A run that has a record. */
export interface RunFinished extends RunName, Pick<RunSummary, "status"> {
  readonly memorised: number | null;
  readonly generalised: number | null;
  readonly finishedAt: number;
}

/** What a results folder shows at one moment. */
export interface Snapshot {
  readonly results: string;
  /** By case, algorithm and seed. */
  readonly underWay: readonly RunUnderWay[];
  /** The same of checkpoints that no worker has renewed for a while: their runs were stopped, or hang. */
  readonly still: readonly RunUnderWay[];
  /** The last ones, newest first. */
  readonly finished: readonly RunFinished[];
  /** Files that could not be read this time. */
  readonly passedOver: readonly string[];
}

/**
 * At most `most` rows of a table, evenly spread, the first and the last among them. What is not measured in a row is taken
 * from the last one before it that was left out, for some columns are measured in few rows.
 */
export function thinned(table: Table, most: number): Table {
  const rows = Math.max(0, ...Object.values(table).map((column) => column.length));
  if (rows <= most) return table;
  const kept = Array.from({ length: most }, (_, i) => Math.round(i * (rows - 1) / (most - 1)));
  const latest = (column: Table[string]) =>
    kept.map((row, i) => lastOf(column.slice(i === 0 ? 0 : kept[i - 1] + 1, row + 1)));
  return Object.fromEntries(Object.entries(table).map(([name, column]) => [name, latest(column)]));
}

const columns = (table: Table, ...names: string[]): Table =>
  Object.fromEntries(names.map((name) => [name, table[name] ?? []]));

/** Steps that have a distance: those of a hunt. */
function distancesOf(steps: Table): Table | null {
  const rows = (steps.distance ?? []).flatMap((d, row) => d === null ? [] : [row]);
  if (rows.length === 0) return null;
  const { step, distance } = steps;
  return { step: rows.map((row) => step[row]), distance: rows.map((row) => distance[row]) };
}

/** The run that a specification asks for; null where this version does not know its case, algorithm or a field. */
function trialOf(catalogue: Catalogue, spec: TrialSpec): Trial | null {
  try {
    return resolve(catalogue, spec);
  } catch (error) {
    if (error instanceof UsageError) return null;
    throw error;
  }
}

/** Of a case or an algorithm that is not known here, the name is as it was asked for. */
function nameOf(catalogue: Catalogue, id: string, spec: TrialSpec, trial: Trial | null): RunName {
  const { case: caseId, algorithm, seed } = spec;
  const cell = trial && cellOfTrial(catalogue, trial);
  const variant = cell ? valuesText(cell.variant) : overridesText(spec);
  return { id, case: caseId, variant, algorithm, method: cell ? methodText(cell) : algorithm, seed };
}

/** What a checkpoint shows of its run. */
export function runUnderWay(
  { id, spec, progress, curve }: Checkpoint,
  savedAt: number,
  catalogue: Catalogue,
): RunUnderWay {
  const trial = trialOf(catalogue, spec);
  const distances = distancesOf(curve.steps);
  const epochs = columns(curve.epochs, "epoch", "trainAccuracy", "testAccuracy", "weightNorm");
  const phases = trial?.algorithm.phases(trial.hyper, trial.case.model(trial.config).layout);
  const maxEpochs = trial?.config.maxEpochs ?? null;
  return {
    id,
    name: nameOf(catalogue, id, spec, trial),
    epoch: progress.epoch,
    maxEpochs,
    phase: phases?.[progress.phase]?.id ?? null,
    memorised: progress.memorised?.epoch ?? null,
    generalised: progress.generalised?.epoch ?? null,
    epochs: thinned(epochs, MOST_ROWS),
    distances: distances && thinned(distances, MOST_ROWS),
    savedAt,
    over: progress.epoch === maxEpochs,
  };
}

/** What a record shows of its run. */
export function runFinished(record: RunSummary, catalogue: Catalogue): RunFinished {
  const cell = cellOf(catalogue, record);
  const { memorised, generalised, timing } = record;
  return {
    id: record.id,
    case: cell.case,
    variant: valuesText(cell.variant),
    algorithm: cell.algorithm,
    method: methodText(cell),
    seed: record.seed,
    status: record.status,
    memorised: memorised?.epoch ?? null,
    generalised: generalised?.epoch ?? null,
    finishedAt: Date.parse(timing.finishedAt),
  };
}

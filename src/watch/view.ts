import { UsageError } from "../errors.ts";
import { cellOf, variantOf } from "../table/cell.ts";
import type { Checkpoint } from "../run/record/checkpoint.ts";
import type { RunSummary, Table } from "../run/record/record.ts";
import { overridesText, resolve, type Trial, type TrialSpec } from "../run/trial.ts";

/** Rows that a curve is thinned to: more than a chart has room for. */
const MOST_ROWS = 240;

/** What a run is: its cell and its seed. */
export interface RunName {
  readonly id: string;
  readonly case: string;
  /** How its fields differ from those of the case: `beta=0.8 layers=1`. */
  readonly variant: string;
  readonly algorithm: string;
  readonly seed: number;
}

/** A run that has left a checkpoint and no record yet. */
export interface RunUnderWay {
  readonly id: string;
  /** Null for a checkpoint of an older version, which says no more than the id. */
  readonly name: RunName | null;
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

/** At most `most` rows of a table, evenly spread, the first and the last among them. */
export function thinned(table: Table, most: number): Table {
  const rows = Math.max(0, ...Object.values(table).map((column) => column.length));
  if (rows <= most) return table;
  const kept = Array.from({ length: most }, (_, i) => Math.round(i * (rows - 1) / (most - 1)));
  return Object.fromEntries(Object.entries(table).map(([name, column]) => [name, kept.map((row) => column[row])]));
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
function trialOf(spec: TrialSpec): Trial | null {
  try {
    return resolve(spec);
  } catch (error) {
    if (error instanceof UsageError) return null;
    throw error;
  }
}

function nameOf(id: string, spec: TrialSpec, trial: Trial | null): RunName {
  const { case: caseId, algorithm, seed } = spec;
  const variant = trial ? variantOf(trial.case, trial.config) : overridesText(spec);
  return { id, case: caseId, variant, algorithm, seed };
}

/** What a checkpoint shows of its run. */
export function runUnderWay({ id, spec, cursor, curve }: Checkpoint, savedAt: number): RunUnderWay {
  const trial = spec ? trialOf(spec) : null;
  const distances = distancesOf(curve.steps);
  const epochs = columns(curve.epochs, "epoch", "trainAccuracy", "testAccuracy", "weightNorm");
  return {
    id,
    name: spec ? nameOf(id, spec, trial) : null,
    epoch: cursor.epoch,
    maxEpochs: trial?.config.maxEpochs ?? null,
    phase: trial?.algorithm.phases(trial.hyper)[cursor.phase]?.id ?? null,
    memorised: cursor.memorised?.epoch ?? null,
    generalised: cursor.generalised?.epoch ?? null,
    epochs: thinned(epochs, MOST_ROWS),
    distances: distances && thinned(distances, MOST_ROWS),
    savedAt,
  };
}

/** What a record shows of its run. */
export function runFinished(record: RunSummary): RunFinished {
  const { case: id, variant, algorithm } = cellOf(record);
  const { memorised, generalised, timing } = record;
  return {
    id: record.id,
    case: id,
    variant,
    algorithm,
    seed: record.seed,
    status: record.status,
    memorised: memorised?.epoch ?? null,
    generalised: generalised?.epoch ?? null,
    finishedAt: Date.parse(timing.finishedAt),
  };
}

/** The last entry of a column that is a number; null when there is none. */
export const lastOf = (column: readonly (number | null)[] | undefined): number | null =>
  column?.findLast((x) => x !== null) ?? null;

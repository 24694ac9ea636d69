import type { RunRecord } from "../run/record/record.ts";
import { type Cell, cellOf } from "./cell.ts";
import type { Milestone, Provenance, Status, Steadiness, Timing } from "../run/record/record.ts";

/** Where a sample was made. */
export type Source = Omit<Provenance, "dirty"> & { readonly engine: string };

/** One run in an expectation: its outcome, and what to find it by. */
export interface Sample {
  readonly seed: number;
  /** Id of the record, and the digest of its trajectory. */
  readonly record: string;
  readonly digest: string;
  /** Index into the expectation's sources. */
  readonly source: number;
  /** Epochs that the run was given. */
  readonly budget: number;
  readonly status: Status;
  readonly epochs: number;
  readonly gradientCalls: number;
  readonly memorised: Milestone | null;
  readonly generalised: Milestone | null;
  readonly steadiness: Steadiness | null;
  /** ‖θ₀‖ of the initial vector. */
  readonly initialNorm: number;
  readonly timing: Omit<Timing, "finishedAt">;
}

const milliseconds = (x: number | null) => x === null ? null : Math.round(x * 1000) / 1000;

export const initialNormOf = ({ curve }: RunRecord): number => Number(curve.epochs.weightNorm[0]!.toPrecision(5));

/** What an expectation keeps of a record. */
export function sampleOf(record: RunRecord, source: number): Sample {
  const { seed, id, digest, config, status, epochs, gradientCalls, memorised, generalised, steadiness } = record;
  const { wallSeconds, secondsMemorised, secondsGeneralised } = record.timing;
  return {
    seed,
    record: id,
    digest,
    source,
    budget: config.maxEpochs,
    status,
    epochs,
    gradientCalls,
    memorised,
    generalised,
    steadiness,
    initialNorm: initialNormOf(record),
    timing: {
      wallSeconds: milliseconds(wallSeconds)!,
      secondsMemorised: milliseconds(secondsMemorised),
      secondsGeneralised: milliseconds(secondsGeneralised),
    },
  };
}

export function sourceOf({ engine, provenance: { dirty: _, ...where } }: RunRecord): Source {
  return { engine, ...where };
}

/** Records of one cell, one a seed. */
export interface Group {
  readonly cell: Cell;
  readonly records: readonly RunRecord[];
}

/** Of two runs of one seed (other budgets, other versions of the engine): the one that was given more, or is newer. */
const supersedes = (record: RunRecord, rival: RunRecord): boolean =>
  record.config.maxEpochs === rival.config.maxEpochs
    ? record.timing.finishedAt > rival.timing.finishedAt
    : record.config.maxEpochs > rival.config.maxEpochs;

/** Records by cell, seeds in order. */
export function groupsOf(records: readonly RunRecord[]): Map<string, Group> {
  const groups = new Map<string, { cell: Cell; bySeed: Map<number, RunRecord> }>();
  for (const record of records) {
    const cell = cellOf(record);
    const group = groups.get(cell.key) ?? { cell, bySeed: new Map() };
    groups.set(cell.key, group);
    const rival = group.bySeed.get(record.seed);
    if (!rival || supersedes(record, rival)) group.bySeed.set(record.seed, record);
  }
  return new Map([...groups].map(([key, { cell, bySeed }]) => [
    key,
    { cell, records: [...bySeed.values()].sort((a, b) => a.seed - b.seed) },
  ]));
}

import type { RunRecord } from "../run/record/record.ts";
import type { Cell } from "../table/cell.ts";
import { confirms } from "../fleet/seeds.ts";
import type { Expectation, ExpectedCell } from "./expectation.ts";
import type { Sample, Source } from "./sample.ts";

/** A cell under judgement: what was expected, what should be there, and what is. */
export interface Subject {
  readonly cell: Cell;
  readonly control: string | null;
  /** Runs that the plan asks for. */
  readonly planned: number;
  /** Whether the profile has this cell as it stands, so that something must be expected of it. */
  readonly promised: boolean;
  readonly expected: ExpectedCell | null;
  readonly sources: readonly Source[];
  readonly evidence: readonly RunRecord[];
}

/** The sample that a record repeats: same run, same trajectory bit for bit. Such a record tells nothing new. */
export const repeated = ({ expected }: Subject, record: RunRecord): Sample | undefined =>
  expected?.samples.find((sample) => sample.record === record.id && sample.digest === record.digest);

/**
 * The records that tell something new: those of the screen, and those that only confirm. Without any for the screen there is
 * nothing to confirm, and all of them are evidence.
 */
export function news(
  subject: Subject,
): { readonly screen: readonly RunRecord[]; readonly confirm: readonly RunRecord[] } {
  const fresh = subject.evidence.filter((record) => !repeated(subject, record));
  const screen = fresh.filter(({ seed }) => !confirms(seed));
  if (screen.length === 0) return { screen: fresh, confirm: [] };
  return { screen, confirm: fresh.filter(({ seed }) => confirms(seed)) };
}

/** Pairs what a plan asks for with expectations and records, by the keys of the cells. */
export function subjectsOf(
  planned: readonly { readonly cell: Cell; readonly control: string | null; readonly runs: number }[],
  expectations: readonly Expectation[],
  evidence: ReadonlyMap<string, readonly RunRecord[]>,
  promised: ReadonlySet<string> = new Set(),
): Subject[] {
  return planned.map(({ cell, control, runs }) => {
    const expectation = expectations.find(({ cells }) => cells.some((known) => known.cell.key === cell.key));
    return {
      cell,
      control,
      planned: runs,
      promised: promised.has(cell.key),
      expected: expectation?.cells.find((known) => known.cell.key === cell.key) ?? null,
      sources: expectation?.sources ?? [],
      evidence: evidence.get(cell.key) ?? [],
    };
  });
}

import type { Trial } from "../../run/spec.ts";
import { cellOfTrial, cellText } from "../../run/cell.ts";
import type { Observation } from "../../stats/kaplan_meier.ts";
import type { ExpectedCell } from "../expectation.ts";
import { docketOf } from "../judge.ts";
import { observationsOf } from "../observations.ts";

/** A cell as the simulation sees it: the times of its seeds, and how many new runs a night brings. */
export interface CellSample {
  readonly name: string;
  /** Gradient calls to generalise. */
  readonly sample: readonly Observation[];
  readonly fresh: number;
  /** Gradient calls after which a run is given up. */
  readonly budget: number;
}

/** A budget is in epochs, and the gradient calls of an epoch depend on the algorithm: those of the runs that there are. */
const budgetOf = ({ samples }: ExpectedCell): number =>
  Math.max(...samples.map(({ budget, epochs, gradientCalls }) => budget * gradientCalls / epochs));

/** The cells of a plan that have an expectation, with as many new runs as the plan has seeds. */
export function cellSamplesOf(profile: string, engine: string, plan: readonly Trial[], root?: string): CellSample[] {
  const fresh = new Map<string, number>();
  for (const trial of plan) {
    const { key } = cellOfTrial(trial);
    fresh.set(key, (fresh.get(key) ?? 0) + 1);
  }
  const expected = new Map<string, ExpectedCell>();
  for (const { cells } of docketOf(profile, engine, plan, root).expectations) {
    for (const cell of cells) if (!expected.has(cell.key)) expected.set(cell.key, cell);
  }
  return [...fresh].flatMap(([key, seeds]) => {
    const cell = expected.get(key);
    return cell
      ? [{ name: cellText(cell), sample: observationsOf(cell.samples), fresh: seeds, budget: budgetOf(cell) }]
      : [];
  });
}

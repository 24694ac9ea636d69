import { median } from "simple-statistics";
import { catalogue } from "../../bench/mod.ts";
import type { Law } from "../../src/laws/mod.ts";
import type { Trial } from "../../src/run/trial.ts";
import { cellOfTrial, cellText } from "../../src/table/cell.ts";
import type { Observation } from "../../src/stats/kaplan_meier.ts";
import type { ExpectedCell } from "../../src/gate/expectation.ts";
import { gateInputOf } from "../../src/gate/judge.ts";
import { lawById, pointsOf, sweepsOf } from "../../src/gate/law_points.ts";
import { observationsOf } from "../../src/gate/observations.ts";

/** A cell as the simulation sees it: the times of its seeds, and how many new runs a night brings. */
export interface CellSample {
  readonly name: string;
  /** Gradient calls to generalise. */
  readonly sample: readonly Observation[];
  readonly fresh: number;
  /** Gradient calls after which a run is given up. */
  readonly budget: number;
  /** Its place in a sweep that a law is fitted to; null outside of one. */
  readonly setting: Setting | null;
}

/** One setting of a sweep. */
export interface Setting {
  /** What is swept, under which algorithm. */
  readonly sweep: string;
  readonly law: Law;
  /** Value of the variable; where runs differ in it, as in the norm of θ₀, their median. */
  readonly x: number;
  /** T of a law is in epochs. */
  readonly callsPerEpoch: number;
}

/** A budget is in epochs, and the gradient calls of an epoch depend on the algorithm: those of the runs that there are. */
const budgetOf = ({ samples }: ExpectedCell): number =>
  Math.max(...samples.map(({ budget, epochs, gradientCalls }) => budget * gradientCalls / epochs));

/** What every cell of a sweep that a law is fitted to says of its place in it. */
function settingsOf(cells: readonly ExpectedCell[]): Map<ExpectedCell, Setting> {
  const settings = catalogue.lawClaims.flatMap((claim) =>
    [...sweepsOf(claim, cells)].flatMap(([algorithm, own]) =>
      own.map((cell): [ExpectedCell, Setting] => [cell, {
        sweep: `${claim.id} ${algorithm}`,
        law: lawById(claim.law),
        x: median(pointsOf(claim, cell.cell, cell.samples).map((point) => point.x)),
        callsPerEpoch: median(cell.samples.map(({ gradientCalls, epochs }) => gradientCalls / epochs)),
      }])
    )
  );
  return new Map(settings);
}

/** The cells of a plan that have an expectation, with as many new runs as the plan has seeds. */
export function cellSamplesOf(profile: string, engine: string, plan: readonly Trial[], root?: string): CellSample[] {
  const fresh = new Map<string, number>();
  for (const trial of plan) {
    const { key } = cellOfTrial(catalogue, trial);
    fresh.set(key, (fresh.get(key) ?? 0) + 1);
  }
  const expected = new Map<string, ExpectedCell>();
  for (const { cells } of gateInputOf({ catalogue, profile, engine, plan }, root).expectations) {
    for (const cell of cells) if (!expected.has(cell.cell.key)) expected.set(cell.cell.key, cell);
  }
  const known = [...fresh.keys()].flatMap((key) => expected.get(key) ?? []);
  const settings = settingsOf(known);
  return known.map((cell) => ({
    name: cellText(cell.cell),
    sample: observationsOf(cell.samples),
    fresh: fresh.get(cell.cell.key)!,
    budget: budgetOf(cell),
    setting: settings.get(cell) ?? null,
  }));
}

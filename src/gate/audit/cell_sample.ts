import { median } from "simple-statistics";
import { lawClaims } from "../../../bench/claims/mod.ts";
import type { Law } from "../../laws/mod.ts";
import type { Trial } from "../../run/spec.ts";
import { cellOfTrial, cellText } from "../../run/cell.ts";
import type { Observation } from "../../stats/kaplan_meier.ts";
import type { ExpectedCell } from "../expectation.ts";
import { docketOf } from "../judge.ts";
import { lawById, pointsOf } from "../law_points.ts";
import { LEAST_SETTINGS } from "../law_tier.ts";
import { observationsOf } from "../observations.ts";

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

function settingOf({ case: id, variant, algorithm, samples }: ExpectedCell): Setting | null {
  const claim = lawClaims.find((c) => c.case === id);
  if (!claim) return null;
  return {
    sweep: `${claim.id} ${algorithm}`,
    law: lawById(claim.law),
    x: median(pointsOf(claim, variant, samples).map((point) => point.x)),
    callsPerEpoch: median(samples.map(({ gradientCalls, epochs }) => gradientCalls / epochs)),
  };
}

/** Without the settings of what is too short for a sweep. */
function swept(cells: readonly CellSample[]): CellSample[] {
  const sizes = Map.groupBy(cells, ({ setting }) => setting?.sweep);
  return cells.map((cell) =>
    cell.setting && sizes.get(cell.setting.sweep)!.length < LEAST_SETTINGS ? { ...cell, setting: null } : cell
  );
}

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
  return swept([...fresh].flatMap(([key, seeds]) => {
    const cell = expected.get(key);
    if (!cell) return [];
    const sample = observationsOf(cell.samples);
    return [{ name: cellText(cell), sample, fresh: seeds, budget: budgetOf(cell), setting: settingOf(cell) }];
  }));
}

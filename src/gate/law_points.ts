import type { LawClaim } from "../declare/claim.ts";
import type { Cell } from "../table/cell.ts";
import type { OfOneCell } from "../table/table.ts";
import { type Law, laws, type Point } from "../laws/mod.ts";
import type { Outline } from "../stats/observe.ts";
import { observe } from "../stats/observe.ts";

/** A run with what a law is a function of. */
export type LawRun = Outline & { readonly initialNorm: number };

/** The laws that are compared, the claimed one first. */
export const lawById = (id: string): Law => laws.find((law) => law.id === id)!;

/** Fewer settings are no sweep. */
const LEAST_SETTINGS = 3;

/** Whether a cell differs from its case in nothing but what a law is swept over. */
const isOn = (claim: LawClaim, { case: id, variant, settings }: Cell): boolean =>
  id === claim.case && Object.keys(variant).every((name) => name === claim.field) &&
  Object.keys(settings).length === 0;

/** The sweeps of a law: by algorithm, whatever belongs to a cell at one of its settings. */
export function sweepsOf<T extends OfOneCell>(claim: LawClaim, rows: readonly T[]): Map<string, T[]> {
  const own = Map.groupBy(rows.filter(({ cell }) => isOn(claim, cell)), ({ cell }) => cell.algorithm);
  return new Map([...own].filter(([, cells]) => cells.length >= LEAST_SETTINGS));
}

/** Value of the field of a sweep; 1 (the case's default) where the cell has the default. */
const fieldOf = ({ variant }: Cell, field: string): number => Number(variant[field] ?? 1);

/** Points of one cell of a sweep, T in epochs as in the paper: the steps of an epoch depend on β. */
export function pointsOf({ variable }: LawClaim, cell: Cell, runs: readonly LawRun[]): Point[] {
  return runs.map((run) => {
    const { time, censored } = observe(run, "generalised", "epochs", "start")!;
    const x = variable === "beta" ? fieldOf(cell, "beta") : run.initialNorm;
    return { x, time, censored, seed: run.seed, stratum: cell.problem };
  });
}

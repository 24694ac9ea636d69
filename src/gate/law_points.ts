import type { LawClaim } from "../../bench/claims/mod.ts";
import type { Cell } from "../table/cell.ts";
import { type Law, laws, type Point } from "../laws/mod.ts";
import type { Outline } from "../stats/observe.ts";
import { observe } from "../stats/observe.ts";

/** A run with what a law is a function of. */
export type LawRun = Outline & { readonly initialNorm: number };

/** The laws that are compared, the claimed one first. */
export const lawById = (id: string): Law => laws.find((law) => law.id === id)!;

/** Fewer settings are no sweep. */
const LEAST_SETTINGS = 3;

/** What says whether a cell is on a sweep. */
export type SweepCell = Pick<Cell, "case" | "variant" | "algorithm">;

/** Whether a cell differs from its case in nothing but what a law is swept over. */
const isOn = (claim: LawClaim, { case: id, variant }: SweepCell): boolean =>
  id === claim.case && variant.split(" ").every((part) => part === "" || part.startsWith(`${claim.field}=`));

/** The sweeps of a law: by algorithm, whatever belongs to a cell at one of its settings. */
export function sweepsOf<T>(claim: LawClaim, items: readonly T[], cellOf: (item: T) => SweepCell): Map<string, T[]> {
  const own = Map.groupBy(items.filter((item) => isOn(claim, cellOf(item))), (item) => cellOf(item).algorithm);
  return new Map([...own].filter(([, cells]) => cells.length >= LEAST_SETTINGS));
}

/** Value of the variable of a sweep, `beta=0.8` of a variant; 1 (the case's default) where it is not named. */
const fieldOf = (variant: string, field: string): number =>
  Number(variant.split(" ").find((part) => part.startsWith(`${field}=`))?.slice(field.length + 1) ?? 1);

/** Points of one cell of a sweep, T in epochs as in the paper: the steps of an epoch depend on β. */
export function pointsOf({ variable }: LawClaim, variant: string, runs: readonly LawRun[]): Point[] {
  return runs.map((run) => {
    const { time, censored } = observe(run, "generalised", "epochs", "start")!;
    const x = variable === "beta" ? fieldOf(variant, "beta") : run.initialNorm;
    return { x, time, censored, seed: run.seed, stratum: variant };
  });
}

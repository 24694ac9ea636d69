import type { LawClaim } from "../declare/claim.ts";
import { type Cell, methodText } from "../table/cell.ts";
import type { OfOneCell } from "../table/table.ts";
import { type Law, laws, type Point } from "../laws/mod.ts";
import { observe, type Origin, type Outline } from "../stats/observe.ts";

/** A run with what a law is a function of. */
export type LawRun = Outline & { readonly initialNorm: number };

/** The laws that are compared, the claimed one first. */
export const lawById = (id: string): Law => laws.find((law) => law.id === id)!;

/** Fewer settings are no sweep. */
const LEAST_SETTINGS = 3;

/** What a cell is of beside the field of a sweep: the algorithm, and how else its problem differs from its case. */
function sweepName({ field }: LawClaim, { algorithm, variant: { ...others } }: Cell): string {
  delete (others as Record<string, unknown>)[field];
  return methodText({ algorithm, settings: others });
}

/** The sweeps of a law by what they are of, `adamw` or `adamw dropout=0.02`: whatever belongs to a cell at their settings. */
export function sweepsOf<T extends OfOneCell>(claim: LawClaim, rows: readonly T[]): Map<string, T[]> {
  const plain = rows.filter(({ cell }) => cell.case === claim.case && Object.keys(cell.settings).length === 0);
  const own = Map.groupBy(plain, ({ cell }) => sweepName(claim, cell));
  return new Map([...own].filter(([, cells]) => cells.length >= LEAST_SETTINGS));
}

/** Value of the field of a sweep; 1 (the case's default) where the cell has the default. */
const fieldOf = ({ variant }: Cell, field: string): number => Number(variant[field] ?? 1);

/** Which time a law is of. */
export interface Readout {
  readonly unit: "epochs" | "gradientCalls";
  readonly origin: Origin;
}

/** As the paper has it: T in epochs, from the start. */
export const AS_CLAIMED: Readout = { unit: "epochs", origin: "start" };

/** Every reading of T: the steps of an epoch depend on β, and what comes before memorising is none of the delay. */
export const READOUTS: readonly Readout[] = [
  AS_CLAIMED,
  { unit: "gradientCalls", origin: "start" },
  { unit: "epochs", origin: "memorisation" },
  { unit: "gradientCalls", origin: "memorisation" },
];

/** Points of one cell of a sweep; a run that generalised before it memorised has no time between the two, and no point. */
export function pointsOf(
  { variable }: LawClaim,
  cell: Cell,
  runs: readonly LawRun[],
  { unit, origin }: Readout = AS_CLAIMED,
): Point[] {
  return runs.flatMap((run) => {
    const seen = observe(run, "generalised", unit, origin);
    const x = variable === "beta" ? fieldOf(cell, "beta") : run.initialNorm;
    return seen ? [{ x, time: seen.time, censored: seen.censored, seed: run.seed, stratum: cell.problem }] : [];
  });
}

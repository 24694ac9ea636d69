import type { LawClaim } from "../../bench/claims/mod.ts";
import { type Law, laws, type Point } from "../laws/mod.ts";
import type { Outline } from "../stats/observe.ts";
import { observe } from "../stats/observe.ts";

/** A run with what a law is a function of. */
export type LawRun = Outline & { readonly initialNorm: number };

/** The laws that are compared, the claimed one first. */
export const lawById = (id: string): Law => laws.find((law) => law.id === id)!;

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

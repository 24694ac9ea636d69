import type { Role } from "../algorithms/algorithm.ts";
import { BASELINE, TUNED_BASELINE } from "../declare/baseline.ts";
import type { Claim } from "../declare/claim.ts";
import type { Comparison } from "../stats/comparison.ts";
import * as text from "../text.ts";
import { LEAST_SEEDS, type Row } from "./leaderboard.ts";

/** A row with what its algorithm is. */
export type RoledRow = Row & { readonly role: Role };

/** What is said first of a method: beside the baseline, beside its control, and what a paper claims. */
export interface Answer {
  readonly row: RoledRow;
  /** The control's row, where it was run. */
  readonly control: RoledRow | null;
  /** Claimed speedup in gradient calls; null where there is none for this case. */
  readonly claimed: number | null;
}

/** Of so many methods a paragraph can speak. */
const MOST_METHODS = 4;

const saysSomething = (found: Comparison | null) => found !== null && text.ratio(found) !== text.NOTHING;

const canBeSpokenOf = ({ settings, speedup, seeds }: RoledRow) =>
  !settings && seeds.length >= LEAST_SEEDS && saysSomething(speedup);

const isOfSpeedup = ({ quantity }: Claim) => quantity === "speedup in gradient calls";

/** A row beside its control and what is claimed of it. */
export function answerOf(row: RoledRow, rows: readonly RoledRow[], claims: readonly Claim[]): Answer {
  const isClaimed = (claim: Claim) =>
    isOfSpeedup(claim) && claim.case === row.case && claim.algorithm === row.algorithm;
  return {
    row,
    control: rows.find(({ algorithm, settings }) => algorithm === row.control && settings === row.settings) ?? null,
    claimed: row.settings ? null : claims.find(isClaimed)?.value ?? null,
  };
}

/**
 * What is said first of one problem: the tuned baseline, then the methods that claims are about, of those the ones for this
 * case if there are any; without claims the first methods. In the order of the claims or of the rows, never by which of them
 * looks best.
 *
 * @param claims of all cases
 */
export function answersOf(rows: readonly RoledRow[], claims: readonly Claim[]): Answer[] {
  const speedups = claims.filter(isOfSpeedup);
  const [{ case: id }] = rows;
  const spoken = rows.filter(canBeSpokenOf);
  const methods = spoken.filter(({ role }) => role === "method");
  const about = [speedups.filter((claim) => claim.case === id), speedups]
    .map((some) => [...new Set(some.flatMap((claim) => methods.filter((row) => row.algorithm === claim.algorithm)))])
    .find((some) => some.length > 0) ?? methods;
  const tuned = spoken.filter(({ algorithm }) => algorithm === TUNED_BASELINE);
  return [...tuned, ...about.slice(0, MOST_METHODS)].map((row) => answerOf(row, rows, claims));
}

/** `20.4× [18.5, 23.2] as fast as adamw`, or that there is no more between them than an evaluation. */
const besideText = (found: Comparison, other: string) =>
  found.withinOneEvaluation
    ? `within one evaluation of ${other}`
    : `${text.ratioWithInterval(found)} as fast as ${other}`;

/** `, 1.17× [0.94, 1.33] as fast as its control adam-l2 (13.1×)`: what the trick is worth. */
function worthOf({ row: { attribution }, control }: Answer): string {
  if (!control || !saysSomething(attribution)) return "";
  const own = saysSomething(control.speedup) ? ` (${text.ratio(control.speedup)})` : "";
  return `, ${besideText(attribution!, `its control ${control.method}${own}`)}`;
}

const claimText = ({ claimed }: Answer) => claimed === null ? "" : ` (claimed: ${claimed}×)`;

/**
 * One sentence on a problem: `adamw-tuned is 50.5× [41.7, 66.5] as fast as adamw in gradient calls; ppm 20.4× …`.
 *
 * @returns null where nothing can be said
 */
export function answerText(answers: readonly Answer[]): string | null {
  if (answers.length === 0) return null;
  const parts = answers.map((answer, i) => {
    const { method, speedup } = answer.row;
    const beside = i === 0
      ? `is ${besideText(speedup!, BASELINE)} in gradient calls`
      : speedup!.withinOneEvaluation
      ? besideText(speedup!, BASELINE)
      : text.ratioWithInterval(speedup);
    return `${method} ${beside}${claimText(answer)}${worthOf(answer)}`;
  });
  const pairs = answers.map(({ row }) => row.speedup!.pairs);
  const [least, most] = [Math.min(...pairs), Math.max(...pairs)];
  return `${parts.join("; ")}; n = ${least === most ? most : `${least} to ${most}`}.`;
}

import { markdownTable } from "markdown-table";
import type { LawFigures } from "../gate/law_figures.ts";
import * as text from "../text.ts";

/** Columns of the table of fitted laws. */
export const LAW_COLUMNS = [
  "algorithm",
  "claimed by the paper",
  "runs",
  "supported",
  "law",
  "parameters",
  "Δ AICc",
  "R²",
  "σ of log T",
];

const parameters = (values: Readonly<Record<string, number>>) =>
  Object.entries(values).map(([name, value]) => `${name} = ${value.toPrecision(3)}`).join(", ");

/** `B = 3.0e+5 [4.7e+4, 1.4e+6]`, for the law that is claimed. */
function withIntervals(values: Readonly<Record<string, number>>, intervals: LawFigures["intervals"]): string {
  const end = (x: number | null, none: string) => x === null || !Number.isFinite(x) ? none : x.toPrecision(3);
  return Object.entries(values).map(([name, value]) => {
    const interval = intervals?.[name];
    return `${name} = ${value.toPrecision(3)}${
      interval ? ` [${end(interval.low, "−∞")}, ${end(interval.high, "∞")}]` : ""
    }`;
  }).join(", ");
}

function supported({ found }: LawFigures): string {
  if ("none" in found) return `no law: ${found.none}`;
  return found.rivals.length ? `${found.law}, not told from ${found.rivals.join(", ")}` : found.law;
}

/** One row a candidate, best first; what is the same for all of a sweep stands in the first. */
export function lawRows(law: LawFigures, claimed: string): string[][] {
  const best = Math.min(...law.fits.map(({ aicc }) => aicc ?? Infinity));
  const { events, censored } = law.runs;
  const head = [law.algorithm, law.claimed ? law.formula : text.NOTHING];
  const count = censored ? `${events} + ${censored} censored` : `${events}`;
  if (law.fits.length === 0) return [[...head, count, supported(law), text.NOTHING, "", "", "", ""]];
  return law.fits.map((fit, i) => [
    ...(i ? ["", ""] : head),
    i ? "" : count,
    i ? "" : supported(law),
    fit.law,
    fit.law === claimed ? withIntervals(fit.parameters, law.intervals) : parameters(fit.parameters),
    Number.isFinite(best) ? (fit.aicc - best).toFixed(1) : text.NOTHING,
    fit.rSquared === null ? text.NOTHING : fit.rSquared.toFixed(2),
    fit.sigma.toFixed(2),
  ]);
}

/** Fitted laws of one case, by algorithm; T is in epochs. */
export function lawsMarkdown(caseId: string, claimed: string, laws: readonly LawFigures[]): string {
  const table = markdownTable([LAW_COLUMNS, ...laws.flatMap((law) => lawRows(law, claimed))]);
  return `## ${caseId}: ${laws[0].formula}, T in epochs\n\n${table}\n\n` +
    "Fitted to log T by maximum likelihood, censored runs kept; 95 % bootstrap intervals over seeds for the law that is\n" +
    "claimed. R² is over the runs that generalised, of log T.\n";
}

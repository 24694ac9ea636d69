import { markdownTable } from "markdown-table";
import type { LawFigures } from "../gate/law_figures.ts";
import * as text from "../text.ts";

/** Columns of the table of fitted laws. */
export const LAW_COLUMNS = [
  "algorithm",
  "T in",
  "claimed by the paper",
  "runs",
  "supported",
  "p",
  "law",
  "parameters",
  "Δ AICc",
  "R²",
  "R² of means",
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

/** Which time a law is of: `epochs`, `gradient calls after memorising`. */
const readoutText = ({ unit, origin }: LawFigures): string =>
  [unit === "epochs" ? "epochs" : "gradient calls", origin === "start" ? "" : "after memorising"].join(" ").trim();

/** `p = 0.0021`, over seeds and corrected. */
const pText = ({ p }: LawFigures): string => p === null ? text.NOTHING : p < 1e-4 ? "< 0.0001" : p.toPrecision(2);

/**
 * One row a candidate, best first, for T as the paper has it, and the best alone for the other readings; what is the same
 * for all of a sweep stands in the first.
 */
export function lawRows(law: LawFigures, claimed: string): string[][] {
  const best = Math.min(...law.fits.map(({ aicc }) => aicc ?? Infinity));
  const { events, censored } = law.runs;
  const head = [law.algorithm, readoutText(law), law.claimed ? law.formula : text.NOTHING];
  const whole = law.unit === "epochs" && law.origin === "start";
  const count = censored ? `${events} + ${censored} censored` : `${events}`;
  if (law.fits.length === 0) return [[...head, count, supported(law), pText(law), text.NOTHING, "", "", "", "", ""]];
  return law.fits.slice(0, whole ? law.fits.length : 1).map((fit, i) => [
    ...(i ? ["", "", ""] : head),
    i ? "" : count,
    i ? "" : supported(law),
    i ? "" : pText(law),
    fit.law,
    fit.law === claimed ? withIntervals(fit.parameters, law.intervals) : parameters(fit.parameters),
    Number.isFinite(best) ? (fit.aicc - best).toFixed(1) : text.NOTHING,
    fit.rSquared === null ? text.NOTHING : fit.rSquared.toFixed(2),
    fit.law === claimed && law.ofMeans ? law.ofMeans.rSquared.toFixed(2) : "",
    fit.sigma.toFixed(2),
  ]);
}

/** Fitted laws of one case, by algorithm and by reading of T. */
export function lawsMarkdown(caseId: string, claimed: string, laws: readonly LawFigures[]): string {
  const table = markdownTable([LAW_COLUMNS, ...laws.flatMap((law) => lawRows(law, claimed))]);
  return `## ${caseId}: ${laws[0].formula}\n\n${table}\n\n` +
    "Fitted to log T by maximum likelihood, censored runs kept. Seeds are what varies: 95 % intervals of the law that is\n" +
    "claimed, and p of no slope under it, are Student's over the laws of single seeds. The law that the paper claims is\n" +
    "tested alone, the others are a search: their p is corrected for their number (Holm). R² is over the runs that\n" +
    "generalised, of log T; R² of means that of a straight line through the mean T of each setting (of log of the mean\n" +
    "for an exponential law), as the paper plots them: it does not see how far the runs of one setting scatter.\n";
}

import { markdownTable } from "markdown-table";
import type { MutantOutcome } from "./mutant_outcome.ts";
import type { Rate } from "./nights.ts";
import { NOTHING } from "../../src/text.ts";

const share = ({ rate, interval: { low, high } }: Rate) => {
  const percent = (x: number) => `${(100 * x).toFixed(1)} %`;
  return `${percent(rate)} [${percent(low)}, ${percent(high)}]`;
};

const LONGEST = 140;
const cut = (text: string) => text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
const caught = ({ caughtBy }: MutantOutcome) => caughtBy ?? "ESCAPED";
const margin = ({ margin }: MutantOutcome) =>
  margin === null ? NOTHING : margin === Infinity ? "∞" : `${margin >= 10 ? Math.round(margin) : margin.toFixed(1)}`;
const time = ({ byTime }: MutantOutcome) => byTime === null ? NOTHING : byTime ? "yes" : "no";

/** What became of each mutant. */
export const mutantsMarkdown = (outcomes: readonly MutantOutcome[]): string =>
  markdownTable([
    ["mutant", "what", "caught by", "× tolerance", "time alone", "seconds", "first symptom"],
    ...outcomes.map((outcome) => [
      outcome.id,
      outcome.what,
      caught(outcome),
      margin(outcome),
      time(outcome),
      outcome.seconds.toFixed(1),
      cut(outcome.symptom) || NOTHING,
    ]),
  ]);

/** A row of the table of nights. */
export interface NightsRow {
  readonly what: string;
  readonly rate: Rate;
}

/** False alarms and power, with exact 95 % intervals. */
export const nightsMarkdown = (rows: readonly NightsRow[]): string =>
  markdownTable([
    ["nights", "number", "called drift", "share with its 95 % interval"],
    ...rows.map(({ what, rate }) => [what, `${rate.nights}`, `${rate.hits}`, share(rate)]),
  ]);

import { markdownTable } from "markdown-table";
import { catalogue } from "../../bench/mod.ts";
import { PAPER_EPOCHS, SCANNED } from "../../bench/profiles/study.ts";
import { BASELINE } from "../../src/declare/baseline.ts";
import type { Values } from "../../src/declare/field.ts";
import { find } from "../../src/errors.ts";
import type { RunRecord } from "../../src/run/record/record.ts";
import { kaplanMeierMedian } from "../../src/stats/kaplan_meier.ts";
import { observe } from "../../src/stats/observe.ts";
import { estimate, NOTHING, percent } from "../../src/text.ts";
import { keptRecords } from "../kept.ts";

/** Forms that get more seeds, and how many each has to have then. */
export const NEAREST = 3;
export const SEEDS = 3;

/** A form of division under the baseline. */
export interface Form {
  readonly fields: Values;
  /** Seeds ascending. */
  readonly records: readonly RunRecord[];
}

const found = find("case", catalogue.cases, "div97");

/** The baseline's runs of every form of the scan that the repository keeps. @throws {Error} for one that is damaged */
export function scannedForms(): Form[] {
  const runs = keptRecords("study", "paper")
    .filter((record) => record.case === found.id && record.algorithm === BASELINE);
  return SCANNED.map(({ maxEpochs: _, ...fields }) => {
    const wanted: Values = { ...found.configure(fields) };
    const own = runs.filter(({ config }) => {
      const values: Values = { dropout: 0, ...config };
      return Object.keys(wanted).every((name) =>
        name === "maxEpochs" || !(name in values) || values[name] === wanted[name]
      );
    });
    const bySeed = new Map(own.map((record) => [record.seed, record]));
    return { fields, records: [...bySeed.values()].sort((a, b) => a.seed - b.seed) };
  });
}

/** Median epochs to generalise, and how far that is from the paper's in the logarithm; null without a run. */
function distanceOf({ records }: Form) {
  const median = kaplanMeierMedian(records.map((record) => observe(record, "generalised", "epochs", "start")!));
  return median && { median, distance: Math.abs(Math.log(median.value / PAPER_EPOCHS)) };
}

/** Forms by how near their baseline comes to the paper's, those without a run last. */
export const byDistance = (forms: readonly Form[]): Form[] =>
  forms.toSorted((a, b) => (distanceOf(a)?.distance ?? Infinity) - (distanceOf(b)?.distance ?? Infinity));

/** What the rule says of the records, or what is missing for it to say anything. */
export function chosenForm(forms: readonly Form[]): Form | string {
  const unscanned = forms.filter(({ records }) => !records.some(({ seed }) => seed === 0));
  if (unscanned.length) return `${unscanned.length} forms have no run yet`;
  const first = forms.map((form) => ({ ...form, records: form.records.slice(0, 1) }));
  const nearest = byDistance(first).slice(0, NEAREST).map(({ fields }) =>
    forms.find((form) => form.fields === fields)!
  );
  const short = nearest.filter(({ records }) => records.length < SEEDS);
  if (short.length) return `${short.length} of the ${NEAREST} nearest have less than ${SEEDS} seeds`;
  return byDistance(nearest)[0];
}

const epochsOf = (record: RunRecord, of: "memorised" | "generalised") =>
  record[of]?.epoch.toLocaleString("en-US") ?? NOTHING;

/** The table of docs/reproduction.md. */
export function formsMarkdown(forms: readonly Form[]): string {
  const head = ["dropout", "norm", "activation", "memorised at", "generalised at", "median", "off by", "steady"];
  const rows = byDistance(forms).map((form) => {
    const { fields, records } = form;
    const far = distanceOf(form);
    return [
      `${fields.dropout}`,
      `${fields.normPlacement}`,
      fields.activation === "relu" ? "ReLU" : "GELU",
      records.map((record) => epochsOf(record, "memorised")).join(" / "),
      records.map((record) => epochsOf(record, "generalised")).join(" / "),
      estimate(far?.median ?? null),
      far ? `×${Math.exp(far.distance).toFixed(2)}` : NOTHING,
      records.map(({ steadiness }) => percent(steadiness?.shareAbove ?? null)).join(" / "),
    ];
  });
  return markdownTable([head, ...rows], { align: ["r", "l", "l", "r", "r", "r", "r", "r"] });
}

if (import.meta.main) {
  const forms = scannedForms();
  const chosen = chosenForm(forms);
  console.log(formsMarkdown(forms));
  console.log(`\nthe rule: ${typeof chosen === "string" ? chosen : JSON.stringify(chosen.fields)}`);
}

import { hyperOf } from "../../bench/cases/mod.ts";
import { claims } from "../../bench/claims/mod.ts";
import type { RunRecord } from "../run/record/record.ts";
import { cellText } from "../table/cell.ts";
import { figuresOf } from "../stats/figures.ts";
import { logDistribution } from "../stats/log_distribution.ts";
import { type Blessing, type Expectation, EXPECTATION_SCHEMA, type ExpectedCell } from "./expectation.ts";
import { lawFiguresOf } from "./law_figures.ts";
import { observationsOf } from "./observations.ts";
import { type Group, groupsOf, type Sample, sampleOf, type Source, sourceOf } from "../table/sample.ts";
import { fingerprint } from "../run/record/seal.ts";

const DIGITS = 6;

/** Figures are for reading: six significant digits, so that they are the same on every machine. */
function rounded<T>(value: T): T {
  if (typeof value === "number") return (Number.isFinite(value) ? Number(value.toPrecision(DIGITS)) : null) as T;
  if (Array.isArray(value)) return value.map(rounded) as T;
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, rounded(inner)])) as T;
}

/** Numbers the places that samples come from, in the order of their first record. */
class Sources {
  readonly list: Source[] = [];
  readonly #index = new Map<string, number>();

  indexOf(record: RunRecord): number {
    const source = sourceOf(record);
    const key = fingerprint(source);
    if (!this.#index.has(key)) this.#index.set(key, this.list.push(source) - 1);
    return this.#index.get(key)!;
  }
}

function cellOfGroup({ cell, records }: Group, sources: Sources, samplesOf: (algorithm: string) => readonly Sample[]) {
  const { control, hyper } = records[0];
  const samples = records.map((record) => sampleOf(record, sources.indexOf(record)));
  const own: Omit<ExpectedCell, "figures"> = {
    ...cell,
    control,
    hyper: { ...hyper },
    samples,
    distribution: rounded(logDistribution(observationsOf(samples))),
    paper: claims.filter((claim) => claim.case === cell.case && claim.algorithm === cell.algorithm && !cell.variant)
      .map(({ case: _c, algorithm: _a, ...claim }) => claim),
  };
  const figures = figuresOf({ id: cell.algorithm, control }, samples, samplesOf);
  return { ...own, figures: rounded(figures) };
}

/** The fields of a problem that its algorithms do not show, without the budget. */
function problemOf({ config }: RunRecord): Record<string, string | number | boolean> {
  const { maxEpochs: _, ...fields } = config;
  const hyper = Object.keys(hyperOf(config));
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !hyper.includes(name)));
}

/** Computes the expectation of one case from its records; `blessings` are the history and are passed through. */
export function expectationOf(
  profile: string,
  caseId: string,
  records: readonly RunRecord[],
  blessings: readonly Blessing[],
): Expectation {
  const groups = [...groupsOf(records).values()].sort((a, b) => cellText(a.cell) < cellText(b.cell) ? -1 : 1);
  const sources = new Sources();
  const cells = groups.map((group) => {
    const samplesOf = (algorithm: string) => {
      const other = groups.find(({ cell }) => cell.algorithm === algorithm && cell.variant === group.cell.variant);
      return other?.records.map((record) => sampleOf(record, 0)) ?? [];
    };
    return cellOfGroup(group, sources, samplesOf);
  });
  return {
    schema: EXPECTATION_SCHEMA,
    profile,
    case: caseId,
    problems: Object.fromEntries(groups.map(({ cell, records }) => [cell.variant, problemOf(records[0])])),
    sources: sources.list,
    cells,
    laws: rounded(lawFiguresOf(caseId, cells)),
    blessings,
  };
}

import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Values } from "../declare/field.ts";
import { BUDGET } from "../problem/case.ts";
import type { RunRecord } from "../run/record/record.ts";
import { fingerprint } from "../run/record/seal.ts";
import { type Figures, figuresOf } from "../stats/figures.ts";
import { logDistribution } from "../stats/log_distribution.ts";
import { cellText } from "../table/cell.ts";
import { type CellRuns, type SampleTable, tableOf } from "../table/table.ts";
import {
  type Blessing,
  type Expectation,
  EXPECTATION_SCHEMA,
  type ExpectedCell,
  type ExpectedFigures,
} from "./expectation.ts";
import { lawFiguresOf } from "./law_figures.ts";
import { observationsOf } from "./observations.ts";
import { type Sample, sampleOf, type Source, sourceOf } from "./sample.ts";

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

/** Runs of a cell as an expectation keeps them, without where they were made. */
const samplesOf = (runs: CellRuns | null): readonly Sample[] =>
  runs?.records.map((record) => sampleOf(record, 0)) ?? [];

function expectedCell(
  own: CellRuns,
  { table, sources, claims }: {
    readonly table: SampleTable<CellRuns>;
    readonly sources: Sources;
    readonly claims: Catalogue["claims"];
  },
): ExpectedCell {
  const { cell, control, records } = own;
  const samples = records.map((record) => sampleOf(record, sources.indexOf(record)));
  const asIs = Object.keys(cell.variant).length + Object.keys(cell.settings).length === 0;
  const said = claims.filter((claim) => asIs && claim.case === cell.case && claim.algorithm === cell.algorithm);
  const figures = figuresOf(
    { id: cell.algorithm, control, evalEvery: records[0].config.evalEvery },
    samples,
    (id) => samplesOf(table.tunedBeside(own, id)),
  );
  return {
    cell,
    control,
    samples,
    distribution: rounded(logDistribution(observationsOf(samples))),
    paper: said.map(({ case: _c, algorithm: _a, ...claim }) => claim),
    figures: rounded(withoutSigns(figures)),
  };
}

const withoutSigns = (figures: Figures): ExpectedFigures =>
  Object.fromEntries(
    Object.entries(figures).map(([name, value]) => {
      if (typeof value !== "object" || value === null || !("signs" in value)) return [name, value];
      const { signs: _, ...rest } = value;
      return [name, rest];
    }),
  ) as unknown as ExpectedFigures;

/** The fields of a problem without the budget. */
function problemOf({ config: { [BUDGET]: _, ...fields } }: RunRecord): Values {
  return fields;
}

/** Cells of records in the order in which an expectation lists them. */
export function listed(catalogue: Catalogue, records: readonly RunRecord[]): CellRuns[] {
  return tableOf(catalogue, records).rows.toSorted((a, b) => cellText(a.cell) < cellText(b.cell) ? -1 : 1);
}

/** Computes the expectation of one case from its records; `blessings` are the history and are passed through. */
export function expectationOf(
  catalogue: Catalogue,
  { profile, case: id }: Pick<Expectation, "profile" | "case">,
  records: readonly RunRecord[],
  blessings: readonly Blessing[],
): Expectation {
  const table = tableOf(catalogue, records);
  const sources = new Sources();
  const rows = listed(catalogue, records);
  const cells = rows.map((own) => expectedCell(own, { table, sources, claims: catalogue.claims }));
  // Of the first run as listed, whatever order the records came in: a run from before a field has no value of it.
  const problems = [...Map.groupBy(rows, ({ cell }) => cell.problem)]
    .map(([problem, [{ records: [record] }]]) => [problem, problemOf(record)] as const);
  return {
    schema: EXPECTATION_SCHEMA,
    profile,
    case: id,
    problems: Object.fromEntries(problems.toSorted(([a], [b]) => a < b ? -1 : 1)),
    sources: sources.list,
    cells,
    laws: rounded(lawFiguresOf(catalogue.lawClaims, id, cells)),
    blessings,
  };
}

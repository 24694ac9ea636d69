import { parameterCount } from "../algorithms/layout.ts";
import { type Column, type ColumnInfo, coreColumns, type TableName } from "../declare/columns.ts";
import { assertDefinition, type Definition, isName } from "../declare/definition.ts";
import type { Config, Fields } from "../declare/field.ts";
import type { ProgramSpec, Specs } from "../engine/mod.ts";
import { UsageError } from "../errors.ts";
import { batchSpecs } from "../problem/batch.ts";
import type { Problem } from "../problem/case.ts";

/** Parameter vectors that a probe may be given. */
export const AGENTS = ["prey", "predator"] as const;
export type AgentName = typeof AGENTS[number];

/**
 * Something more that is measured of a run where it is asked for. It never touches the training: its programs are compiled
 * apart, and what they give is in no digest.
 */
export interface Probe<F extends Fields = Fields> extends Definition<F> {
  /** After recorded steps, on the batch of the step; or at evaluations, always on the first samples of the training set. */
  readonly at: "step" | "evaluation";
  /** Agents that must be there; before they are, its columns are null. */
  readonly needs: readonly AgentName[];
  /** Columns of `curve.steps` or of `curve.epochs` that it fills. */
  readonly columns: readonly ColumnInfo[];
  /**
   * A program with the state and the inputs of {@linkcode onBatch}, which gives a scalar for each column; a column of an
   * agent that is not there is left out, and null.
   *
   * @param agents those that are there
   * @param rows samples of the batch
   * @param config its fields
   */
  program(problem: Problem, agents: readonly AgentName[], rows: number, config: Config<F>): ProgramSpec;
}

/** The table that a probe adds to. */
export const tableOf = ({ at }: Pick<Probe, "at">): TableName => at === "step" ? "steps" : "epochs";

/** A program over the agents' vectors, θ₀ (`origin`) and one batch: what a probe computes from them is its body. */
export function onBatch(
  problem: Problem,
  agents: readonly AgentName[],
  rows: number,
  body: ProgramSpec["body"],
): ProgramSpec {
  const shape = [parameterCount(problem.model.layout)];
  const state: Specs = Object.fromEntries([...agents, "origin"].map((name) => [name, { shape, dtype: "float32" }]));
  return { state, inputs: batchSpecs(problem, rows), body };
}

const TAKEN: readonly string[] = [...AGENTS, "origin", ...coreColumns.map(({ name }) => name)];

/** Checks a probe and forgets the types of its fields, so that all of them fit in one list. @throws {UsageError} */
export function defineProbe<F extends Fields>(probe: Probe<F>): Probe {
  assertDefinition("probe", probe);
  const { id, at, needs, columns } = probe;
  const refuse = (why: string) => new UsageError(`probe '${id}': ${why}`);
  if (at !== "step" && at !== "evaluation") throw refuse("it is neither at a 'step' nor at an 'evaluation'");
  const stranger = needs?.find((name) => !AGENTS.includes(name));
  if (!needs?.length || stranger) {
    throw refuse(`it needs ${stranger ?? "no agent"}; agents are ${AGENTS.join(" and ")}`);
  }
  if (!columns?.length) throw refuse("it declares no columns");
  for (const { name, doc } of columns) {
    if (!isName(name)) throw refuse(`column '${name}' is not made of at most 64 letters and digits`);
    if (!doc || /[\n|]/.test(doc)) throw refuse(`column '${name}' needs a meaning in one line, without '|'`);
    if (TAKEN.includes(name)) throw refuse(`column '${name}' is there already; choose another name`);
  }
  if (typeof probe.program !== "function") throw refuse("it has no function 'program'");
  return assertApart([probe as unknown as Probe])[0];
}

/** Refuses probes, or columns of theirs, that share a name; returns them. @throws {UsageError} */
export function assertApart(probes: readonly Probe[]): readonly Probe[] {
  const owners = new Map<string, string>();
  for (const { id, columns } of probes) {
    for (const what of [`probe '${id}'`, ...columns.map(({ name }) => `column '${name}'`)]) {
      const owner = owners.get(what);
      if (owner) throw new UsageError(`probe '${id}': ${what} is there already, of '${owner}'; choose another name`);
      owners.set(what, id);
    }
  }
  return probes;
}

/** Every column of the curves of runs with these probes, in their order. */
export const columnsOf = (probes: readonly Probe[]): readonly Column[] => [
  ...coreColumns,
  ...probes.flatMap((probe) => probe.columns.map((column): Column => ({ ...column, table: tableOf(probe) }))),
];

import type { Catalogue } from "../catalogue/catalogue.ts";
import { DataError } from "../data/data_error.ts";
import { flopsOfStep } from "../run/flops.ts";
import type { Run } from "../run/record/record.ts";
import { resolve } from "../run/trial.ts";
import type { Estimate } from "../stats/kaplan_meier.ts";
import type { Outline } from "../stats/observe.ts";
import { medianOf } from "./standings.ts";
import type { CellRuns } from "../table/table.ts";

/** What one method took on one problem to generalise, in everything that can be counted: medians over seeds. */
export interface Costs {
  readonly grokked: number;
  readonly runs: number;
  readonly gradientCalls: Estimate | null;
  readonly steps: Estimate | null;
  /** Of the runs where and when they were made: machines and their load differ. */
  readonly seconds: Estimate | null;
  /** Floating-point operations of a step of the last phase; null where the case's data are not here. */
  readonly flopsAStep: number | null;
}

/** A run whose gradient calls are its steps. */
function inSteps(run: Run): Run {
  const counted = <M extends { readonly steps: number } | null>(at: M): M => at && { ...at, gradientCalls: at.steps };
  return { ...run, gradientCalls: run.steps, memorised: counted(run.memorised), generalised: counted(run.generalised) };
}

async function flopsOf(catalogue: Catalogue, { cell, records }: CellRuns<Run>): Promise<number | null> {
  const [{ seed, engine }] = records;
  const overrides = { ...cell.variant, ...cell.settings };
  const trial = resolve(catalogue, { case: cell.case, algorithm: cell.algorithm, overrides, seed, engine });
  try {
    return flopsOfStep(trial, await trial.case.prepare(trial.config, seed));
  } catch (error) {
    if (error instanceof DataError) return null;
    throw error;
  }
}

/** @param seen by which crossing a run is told */
export async function costsOf(
  catalogue: Catalogue,
  own: CellRuns<Run>,
  seen: (run: Run) => Outline,
): Promise<Costs> {
  const runs = own.records.map(seen);
  return {
    grokked: runs.filter(({ generalised }) => generalised).length,
    runs: runs.length,
    gradientCalls: medianOf(runs),
    steps: medianOf(own.records.map((run) => seen(inSteps(run)))),
    seconds: medianOf(runs, "seconds"),
    flopsAStep: await flopsOf(catalogue, own),
  };
}

/**
 * Driven Hunt as a library: define an algorithm or a case, train it, get its record.
 *
 * A plug-in of the command line (`deno task bench -a ./mine.ts`) imports the same names, from "driven-hunt". See
 * docs/guide.md; the tracer alone is `./jit` (docs/jit.md).
 *
 * @module
 */
import { catalogue } from "./bench/mod.ts";
import type { RunRecord } from "./src/run/record/record.ts";
import { train as trainWith, type Training } from "./src/run/train.ts";

export { glyphsCase, mnistCase } from "./bench/cases/image.ts";
export { modularCase } from "./bench/cases/modular.ts";
export { memorise } from "./bench/algorithms/memorise.ts";
export { catalogue };
export {
  type Algorithm,
  type CaseInfo,
  defineAlgorithm,
  type GradAt,
  type Phase,
  type Range,
  type Stepped,
} from "./src/algorithms/algorithm.ts";
export { adamFields, adamSearch, decoupledSearch, huntFields, huntSearch } from "./src/algorithms/fields.ts";
export { interact } from "./src/algorithms/interaction.ts";
export { initialise, type Layout, parameterCount, type Piece, pieceSize, unflatten } from "./src/algorithms/layout.ts";
export { mapPieces, partition } from "./src/algorithms/pieces.ts";
export { ppConnPhases } from "./src/algorithms/pp_conn.ts";
export { ppmPhases } from "./src/algorithms/ppm.ts";
export { end, memorised, preyOnly, single } from "./src/algorithms/single.ts";
export {
  adamL2,
  adamw,
  addDecayedWeights,
  chain,
  type Clock,
  norm,
  scaleByAdam,
  scaleByLearningRate,
  type Transform,
  type Updated,
  type Vec,
} from "./src/algorithms/transform.ts";
export { leaves, mapTree, type Tree, treeOf } from "./src/algorithms/tree.ts";
export type { Dataset, Split } from "./src/data/dataset.ts";
export { stream } from "./src/data/stream.ts";
export {
  choice,
  type Config,
  count,
  type Field,
  type Fields,
  flag,
  fraction,
  nonNegative,
  positive,
  share,
  since,
  type Values,
  withDefaults,
} from "./src/declare/field.ts";
export { DataError } from "./src/data/data_error.ts";
export { UsageError } from "./src/errors.ts";
export { trace, type TraceError } from "./src/jit/mod.ts";
export { batchLoss } from "./src/problem/batch.ts";
export { defineProbe, onBatch, type Probe } from "./src/catalogue/probe.ts";
export { type LossName, type Objective, objectiveOf, regression } from "./src/problem/objective.ts";
export { type Case, commonFields, defineCase, type Family, type Problem } from "./src/problem/case.ts";
export { mlp } from "./src/problem/mlp.ts";
export type { Model } from "./src/problem/model.ts";
export { transformer } from "./src/problem/transformer/mod.ts";
export type { RunRecord } from "./src/run/record/record.ts";
export type { Training } from "./src/run/train.ts";

/**
 * Trains one case under one algorithm from one seed in this process, and returns the record of the run.
 *
 * @throws {UsageError} for an unknown id, engine or field, or a value out of range
 */
export const train = (training: Training): Promise<RunRecord> => trainWith(catalogue, training);

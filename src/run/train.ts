import type { Algorithm } from "../algorithms/algorithm.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { assertDefinition, type Definition } from "../declare/definition.ts";
import type { Values } from "../declare/field.ts";
import { startEngine } from "../engine/mod.ts";
import { UsageError } from "../errors.ts";
import type { Case } from "../problem/case.ts";
import { computationOf } from "./computation.ts";
import { recordOf } from "./record/finish.ts";
import { provenanceOf, revision } from "./record/provenance.ts";
import type { RunRecord } from "./record/record.ts";
import { resolve } from "./trial.ts";
import { TrialRun, UNWATCHED } from "./trial_run.ts";

/** One run, asked for by a program. */
export interface Training {
  /** A case, or the id of one that is known. */
  readonly case: Case | string;
  /** An algorithm, or the id of one that is known. */
  readonly algorithm: Algorithm | string;
  /** Default: 0. */
  readonly seed?: number;
  /** Values of fields of the case and of the algorithm, as `--set` has them. */
  readonly overrides?: Values;
  /** Default: `onnx`. */
  readonly engine?: string;
  /** Called after each step with the run as it is. */
  readonly onStep?: (run: TrialRun) => void;
}

const idOf = (named: { readonly id: string } | string): string => typeof named === "string" ? named : named.id;

/** Known things and one more, if it is none of them. @throws {UsageError} where another one has its id */
function withOne<T extends Definition>(kind: string, known: readonly T[], one: T | string): readonly T[] {
  if (typeof one === "string" || known.includes(one)) return known;
  assertDefinition(kind, one);
  if (known.some(({ id }) => id === one.id)) {
    throw new UsageError(`${kind} '${one.id}' is there already, and is another one; choose another id`);
  }
  return [...known, one];
}

/**
 * Trains one case under one algorithm from one seed in this process, to its outcome; nothing is written.
 *
 * @throws {UsageError} for an unknown id, engine or field, or a value out of range; {DataError} where data are missing
 */
export async function train(catalogue: Catalogue, asked: Training): Promise<RunRecord> {
  const { seed = 0, overrides = {}, engine: engineId = "onnx", onStep } = asked;
  const known: Catalogue = {
    ...catalogue,
    cases: withOne("case", catalogue.cases, asked.case),
    algorithms: withOne("algorithm", catalogue.algorithms, asked.algorithm),
  };
  if (!Number.isInteger(seed) || seed < 0) throw new UsageError(`train: seed ${seed} is no whole number from 0 on`);
  const spec = { case: idOf(asked.case), algorithm: idOf(asked.algorithm), overrides, seed, engine: engineId };
  const trial = resolve(known, spec);
  const engine = await startEngine(engineId);
  const problem = await trial.case.prepare(trial.config, seed);
  const hooks = { ...UNWATCHED, onStep: (run: TrialRun) => (onStep?.(run), false) };
  const run = await TrialRun.start(trial, problem, engine, hooks, null);
  try {
    await run.finish();
    // Who calls this may have defined the algorithm anywhere: no list of files says what was loaded.
    const provenance = provenanceOf(engine, trial.engineVersions, revision(), null);
    return await recordOf(run, { computation: await computationOf(trial, problem), provenance });
  } finally {
    await run.dispose();
  }
}

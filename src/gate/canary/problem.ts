import { createHash } from "node:crypto";
import type { Problem } from "../../problem/case.ts";
import type { Split } from "../../data/dataset.ts";
import { canonical } from "../../run/record/seal.ts";
import type { Trial } from "../../run/trial.ts";

/** Prepares a problem once for the algorithms that follow one another on it; keeps one problem. */
export function preparedOnce(): (trial: Trial) => Trial {
  let last: { readonly key: string; readonly problem: Promise<Problem> } | undefined;
  return (trial) => {
    const { case: found } = trial;
    const prepare: typeof found.prepare = (config, seed) => {
      const key = canonical([found.id, config, seed]);
      const kept = last?.key === key ? last : { key, problem: found.prepare(config, seed) };
      last = kept;
      return kept.problem;
    };
    return { ...trial, case: { ...found, prepare } };
  };
}

/** SHA-256 of what a run starts from. */
export type Digests = Readonly<Record<"theta0" | "train" | "test", string>>;
const known = new WeakMap<Problem, Digests>();

/** SHA-256 of arrays, one after the other. */
export function digestOfArrays(...arrays: readonly (Float32Array | Int32Array)[]): string {
  const hash = createHash("sha256");
  for (const { buffer, byteOffset, byteLength } of arrays) hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  return hash.digest("hex");
}

/** The digests as the float64 implementation takes them: columns in their order, then targets. */
export function digestsOf(problem: Problem): Digests {
  const found = known.get(problem);
  if (found) return found;
  const split = ({ inputs, targets }: Split) =>
    digestOfArrays(...Object.values(inputs).map(({ values }) => values), targets);
  const { theta0, dataset: { train, test } } = problem;
  const digests = { theta0: digestOfArrays(theta0), train: split(train), test: split(test) };
  known.set(problem, digests);
  return digests;
}

import type { Problem } from "../problem/case.ts";
import { gatherRows, type Split, targetsOf } from "../data/dataset.ts";
import type { Engine, HostArrays, Program } from "../engine/mod.ts";
import { evaluateProgram } from "./programs.ts";

/** Accuracy (mean score, for classes the share of samples) and mean loss on one split. */
export interface Score {
  readonly accuracy: number;
  readonly loss: number;
}

/** Rows a call: few enough for the activations to stay in the last-level cache, many enough for large products. */
const MAX_ROWS = 1200;

interface Chunks {
  readonly size: number;
  readonly calls: readonly HostArrays[];
}

/** Cuts a split into calls of `rows` samples; the last is padded with its first sample at weight 0. */
function chunksOf(split: Split, rows: number): Chunks {
  const calls: HostArrays[] = [];
  for (let start = 0; start < split.size; start += rows) {
    const indices = Int32Array.from({ length: rows }, (_, i) => start + i < split.size ? start + i : 0);
    const columns = Object.entries(split.inputs).map(([name, column]) => [name, gatherRows(column, indices)]);
    calls.push({
      ...Object.fromEntries(columns),
      targets: gatherRows(targetsOf(split), indices),
      weight: Float32Array.from({ length: rows }, (_, i) => start + i < split.size ? 1 : 0),
    });
  }
  return { size: split.size, calls };
}

/** Measures a parameter vector on the whole training set and the whole test set. */
export class Evaluator {
  readonly #program: Program;
  readonly #train: Chunks;
  readonly #test: Chunks;

  private constructor(program: Program, train: Chunks, test: Chunks) {
    this.#program = program;
    this.#train = train;
    this.#test = test;
  }

  static async create(engine: Engine, problem: Problem): Promise<Evaluator> {
    const { train, test } = problem.dataset;
    const smaller = Math.min(train.size, test.size);
    const rows = Math.ceil(smaller / Math.ceil(smaller / MAX_ROWS));
    const program = await engine.compile(evaluateProgram(problem, rows));
    return new Evaluator(program, chunksOf(train, rows), chunksOf(test, rows));
  }

  /** Score of θ: float32 [P] on one split. */
  async score(theta: Float32Array, split: "train" | "test"): Promise<Score> {
    this.#program.load({ theta });
    const { size, calls } = split === "train" ? this.#train : this.#test;
    let [correct, loss] = [0, 0];
    for (const call of calls) {
      const result = await this.#program.run(call);
      correct += result.correct[0];
      loss += result.loss[0];
    }
    return { accuracy: correct / size, loss: loss / size };
  }

  dispose(): Promise<void> {
    return this.#program.dispose();
  }
}

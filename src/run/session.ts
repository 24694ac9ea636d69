import type { Phase } from "../algorithms/algorithm.ts";
import { leaves, type Tree, treeOf } from "../algorithms/tree.ts";
import type { Split } from "../data/dataset.ts";
import type { Engine, HostArrays, Program } from "../engine/mod.ts";
import type { Problem } from "../problem/case.ts";
import { Masks } from "./dropout.ts";
import { stepProgram } from "./programs.ts";

/** Arrays by the path of their leaf. */
export type Arrays = Record<string, Float32Array>;

const copied = (arrays: HostArrays): Arrays =>
  Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, (array as Float32Array).slice()]));

/** A batch as programs take it. */
export const batchArrays = ({ inputs, targets }: Split): HostArrays => ({
  targets,
  ...Object.fromEntries(Object.entries(inputs).map(([name, column]) => [name, column.values])),
});

/** One phase of an algorithm on a device: compiled once, its state loaded, fed with batches and clocks. */
export class Session {
  private constructor(readonly phase: Phase, readonly program: Program, readonly masks: Masks) {}

  static async start(
    engine: Engine,
    { problem, phase, state, batchSize, seed }: {
      readonly seed: number;
      readonly problem: Problem;
      readonly phase: Phase;
      readonly state: Tree<Float32Array>;
      readonly batchSize: number;
    },
  ): Promise<Session> {
    const program = await engine.compile(stepProgram(problem, phase, state, batchSize));
    program.load(leaves(state));
    return new Session(phase, program, new Masks({ seed, model: problem.model, rows: batchSize }));
  }

  /**
   * One step on a batch: loss and probes, valid until the next call.
   *
   * @param t steps since the optimiser was started afresh, this one included: 1, 2, …
   * @param step steps of the run before this one: what is dropped depends on it
   */
  async step(batch: Split, t: number, step: number): Promise<HostArrays> {
    const clock = Object.entries(this.phase.clock(t)).map(([name, x]) => [name, Float32Array.of(x)]);
    return await this.program.run({ ...batchArrays(batch), ...this.masks.at(step), ...Object.fromEntries(clock) });
  }

  /** The state as it is on the device, valid until the next step. */
  async state(): Promise<Arrays> {
    return await this.program.state() as Arrays;
  }

  /** A copy of the state. */
  async copy(): Promise<Arrays> {
    return copied(await this.program.state());
  }

  /** The same as a tree. */
  async tree(): Promise<Tree<Float32Array>> {
    return treeOf(await this.copy());
  }

  dispose(): Promise<void> {
    return this.program.dispose();
  }
}

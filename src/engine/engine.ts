import type { Program, ProgramSpec } from "../jit/mod.ts";

export { allocate, partition } from "../jit/mod.ts";
export type { HostArray, HostArrays, Program, ProgramSpec, Specs, Tensors, TensorSpec } from "../jit/mod.ts";

/** A way to execute programs. */
export interface Engine {
  readonly id: string;
  /** What it computes on, where that is not the processor. */
  readonly device?: string;
  compile(spec: ProgramSpec): Promise<Program>;
  /**
   * Compiles a program for several runs side by side: every tensor has them as its first axis, and no run sees another. Engines
   * that have no lanes lack it.
   */
  compileWide?(spec: ProgramSpec, lanes: number): Promise<Program>;
}

/**
 * Fewest lanes of a wide program: with one lane ONNX Runtime takes another way through a product than with two or more, and its
 * last bits differ.
 */
export const LEAST_LANES = 2;

/** How an engine is found before anything of it is loaded. */
export interface EngineEntry {
  readonly id: string;
  readonly summary: string;
  /** Whether it has lanes: `compileWide`. */
  readonly hasLanes?: boolean;
  /** npm packages that determine its arithmetic; their pinned versions are part of a run's identity. */
  readonly packages: readonly string[];
  /** What is part of it as well: settings of the arithmetic, versions of libraries that are found on the machine. */
  native?(): Readonly<Record<string, string>>;
  /** @throws {EngineUnavailable} with one line that says what to install. */
  start(): Promise<Engine>;
}

/** An engine that cannot be started here. */
export class EngineUnavailable extends Error {
  override readonly name = "EngineUnavailable";

  /** @param reason why, and what to install */
  constructor(engine: string, readonly reason: string) {
    super(`engine '${engine}': ${reason}`);
  }
}

/** The device under an engine gave up: nothing can be said of what was to be computed. */
export class EngineFailed extends Error {
  override readonly name = "EngineFailed";
}

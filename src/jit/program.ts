import { sizeOf } from "./graph.ts";
import type { Specs, Tensors, TensorSpec } from "./trace.ts";

/** Of a tensor of bools a byte each, 0 or 1. */
export type HostArray = Float32Array | Int32Array | Uint8Array;
export type HostArrays = Readonly<Record<string, HostArray>>;

/** A function of tensors with some of its inputs kept on the device between calls. */
export interface ProgramSpec {
  /** Inputs that stay with the program; an output of the same name is the next value. */
  readonly state: Specs;
  /** Inputs that are given at each call. */
  readonly inputs: Specs;
  /**
   * A pure function of tensors: no data reads, no randomness, no branch on a value, nothing captured that changes.
   * That is what lets the same line run eagerly on any TensorFlow.js backend and be compiled.
   */
  readonly body: (tensors: Tensors) => Tensors;
}

export interface Program {
  /** Copies `state` to the device. */
  load(state: HostArrays): void;
  /** One call; returns the outputs that are not state. The arrays are reused by the next call. */
  run(inputs: HostArrays): Promise<HostArrays>;
  /** The state as it is now; the arrays are valid until the next call. */
  state(): Promise<HostArrays>;
  dispose(): Promise<void>;
}

export function allocate(spec: TensorSpec): HostArray {
  const size = sizeOf(spec.shape);
  if (spec.dtype === "bool") return new Uint8Array(size);
  return spec.dtype === "int32" ? new Int32Array(size) : new Float32Array(size);
}

/** Anything with a shape and an element type: a tensor, or a value of a traced graph. */
type Typed = Readonly<Record<string, { readonly shape: readonly number[]; readonly dtype: string }>>;

/**
 * Splits what a body returned into next state and results, and checks that no state changes its shape or element type and
 * that the results are numbers.
 */
export function partition(spec: ProgramSpec, outputs: Typed): { updated: string[]; results: string[] } {
  const names = Object.keys(outputs);
  const updated = names.filter((name) => name in spec.state);
  for (const name of updated) {
    const [was, is] = [spec.state[name], outputs[name]];
    if (String(was.shape) !== String(is.shape)) {
      throw new Error(`compile: state '${name}' had shape [${was.shape}], got [${is.shape}]`);
    }
    if (was.dtype !== is.dtype) throw new Error(`compile: state '${name}' was ${was.dtype}, got ${is.dtype}`);
  }
  const results = names.filter((name) => !(name in spec.state));
  const other = results.find((name) => !["float32", "int32"].includes(outputs[name].dtype));
  if (other) throw new Error(`compile: result '${other}' is ${outputs[other].dtype}; cast it to float32 or int32`);
  return { updated, results };
}

import * as tf from "@tensorflow/tfjs";
import * as ort from "onnxruntime-node";
import {
  allocate,
  type Engine,
  type HostArray,
  type HostArrays,
  partition,
  type Program,
  type ProgramSpec,
} from "./engine.ts";
import { encodeOnnx, inputName, outputName, overwritable, type TensorSpec, trace } from "./jit/mod.ts";

/**
 * Same graph, same level, same thread count → bitwise equal runs; levels differ from each other, so the level is pinned.
 * One thread a run: runs are what is parallel.
 */
export const SESSION: ort.InferenceSession.SessionOptions = {
  executionProviders: ["cpu"],
  graphOptimizationLevel: "all",
  executionMode: "sequential",
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  logSeverityLevel: 3,
};

interface Slot {
  readonly array: HostArray;
  readonly tensor: ort.Tensor;
}

function slot(spec: TensorSpec): Slot {
  const array = allocate(spec);
  const tensor = spec.dtype === "int32"
    ? new ort.Tensor("int32", array as Int32Array, spec.shape)
    : new ort.Tensor("float32", array as Float32Array, spec.shape);
  return { array, tensor };
}

const slots = (specs: Readonly<Record<string, TensorSpec>>) =>
  new Map(Object.entries(specs).map(([name, spec]) => [name, slot(spec)]));

/** A traced program: what it gives, and which parts of its state it renews. */
interface Traced {
  readonly session: ort.InferenceSession;
  readonly results: Readonly<Record<string, TensorSpec>>;
  /** State that is written where it is read, which saves a copy through cold memory. */
  readonly inPlace: readonly string[];
  /** State that is written beside the old value, because something may read that later. */
  readonly doubled: readonly string[];
}

/** A session with its state in preallocated memory. */
class OnnxProgram implements Program {
  readonly #session: ort.InferenceSession;
  readonly #inputs: Map<string, Slot>;
  readonly #results: Map<string, Slot>;
  readonly #inPlace: readonly string[];
  readonly #current: Map<string, Slot>;
  readonly #next: Map<string, Slot>;

  constructor(spec: ProgramSpec, { session, results, inPlace, doubled }: Traced) {
    this.#session = session;
    this.#inputs = slots(spec.inputs);
    this.#results = slots(results);
    this.#inPlace = inPlace;
    this.#current = slots(spec.state);
    this.#next = slots(Object.fromEntries(doubled.map((name) => [name, spec.state[name]])));
  }

  load(state: HostArrays): void {
    for (const [name, { array }] of this.#current) array.set(state[name]);
  }

  async run(inputs: HostArrays): Promise<HostArrays> {
    const feeds: Record<string, ort.Tensor> = {};
    const fetches: Record<string, ort.Tensor> = {};
    for (const [name, { array, tensor }] of this.#inputs) {
      array.set(inputs[name]);
      feeds[inputName(name)] = tensor;
    }
    for (const [name, { tensor }] of this.#current) feeds[inputName(name)] = tensor;
    for (const name of this.#inPlace) fetches[outputName(name)] = this.#current.get(name)!.tensor;
    for (const [name, { tensor }] of this.#next) fetches[outputName(name)] = tensor;
    for (const [name, { tensor }] of this.#results) fetches[outputName(name)] = tensor;
    await this.#session.run(feeds, fetches);
    for (const [name, written] of this.#next) {
      this.#next.set(name, this.#current.get(name)!);
      this.#current.set(name, written);
    }
    return Object.fromEntries([...this.#results].map(([name, { array }]) => [name, array]));
  }

  state(): Promise<HostArrays> {
    return Promise.resolve(Object.fromEntries([...this.#current].map(([name, { array }]) => [name, array])));
  }

  async dispose(): Promise<void> {
    await this.#session.release();
  }
}

async function compile(spec: ProgramSpec): Promise<Program> {
  const graph = trace(spec.body, { ...spec.state, ...spec.inputs });
  // A state that passes through untouched needs no output.
  const changed = { ...graph, outputs: graph.outputs.filter(({ name, value }) => value.input !== name) };
  const session = await ort.InferenceSession.create(encodeOnnx(changed), SESSION);
  const specOf = Object.fromEntries(changed.outputs.map(({ name, value }) => [name, value as TensorSpec]));
  const { updated, results } = partition(spec, specOf);
  return new OnnxProgram(spec, {
    session,
    results: Object.fromEntries(results.map((name) => [name, specOf[name]])),
    inPlace: updated.filter((name) => overwritable(changed, name)),
    doubled: updated.filter((name) => !overwritable(changed, name)),
  });
}

/** The compiled engine: each program is traced once to an ONNX graph that ONNX Runtime executes on one thread. */
export async function startOnnx(): Promise<Engine> {
  tf.enableProdMode();
  if (!tf.getBackend()) await tf.setBackend("cpu");
  return { id: "onnx", compile };
}

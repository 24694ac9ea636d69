import * as tf from "@tensorflow/tfjs";
import * as ort from "onnxruntime-node";
import { allocate, type Engine, type HostArray, type HostArrays, type Program, type ProgramSpec } from "./engine.ts";
import { encodeOnnx, inputName, outputName, type TensorSpec, trace } from "./jit/mod.ts";

/**
 * Same graph, same level, same thread count → bitwise equal runs; levels differ from each other, so the level is pinned.
 * One thread a run: runs are what is parallel.
 */
const SESSION: ort.InferenceSession.SessionOptions = {
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

/** A session whose state is double buffered: each run reads one copy and writes the other. */
class OnnxProgram implements Program {
  readonly #session: ort.InferenceSession;
  readonly #inputs: Map<string, Slot>;
  readonly #results: Map<string, Slot>;
  readonly #updated: readonly string[];
  #current: Map<string, Slot>;
  #next: Map<string, Slot>;

  constructor(
    session: ort.InferenceSession,
    spec: ProgramSpec,
    results: Record<string, TensorSpec>,
    updated: string[],
  ) {
    this.#session = session;
    this.#inputs = slots(spec.inputs);
    this.#results = slots(results);
    this.#updated = updated;
    this.#current = slots(spec.state);
    this.#next = slots(Object.fromEntries(updated.map((name) => [name, spec.state[name]])));
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
    for (const [name, { tensor }] of this.#next) fetches[outputName(name)] = tensor;
    for (const [name, { tensor }] of this.#results) fetches[outputName(name)] = tensor;
    await this.#session.run(feeds, fetches);
    for (const name of this.#updated) {
      const spare = this.#current.get(name)!;
      this.#current.set(name, this.#next.get(name)!);
      this.#next.set(name, spare);
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
  const specOf = new Map(graph.outputs.map(({ name, value }) => [name, value as TensorSpec]));
  // A state that passes through untouched needs no output.
  const changed = graph.outputs.filter(({ name, value }) => value.input !== name);
  const session = await ort.InferenceSession.create(encodeOnnx({ ...graph, outputs: changed }), SESSION);
  const updated = changed.map(({ name }) => name).filter((name) => name in spec.state);
  const results = [...specOf].filter(([name]) => !(name in spec.state));
  return new OnnxProgram(session, spec, Object.fromEntries(results), updated);
}

/** The compiled engine: each program is traced once to an ONNX graph that ONNX Runtime executes on one thread. */
export async function startOnnx(): Promise<Engine> {
  tf.enableProdMode();
  if (!tf.getBackend()) await tf.setBackend("cpu");
  return { id: "onnx", compile };
}

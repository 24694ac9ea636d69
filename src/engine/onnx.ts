import * as tf from "@tensorflow/tfjs";
import * as ort from "onnxruntime-node";
import {
  allocate,
  type Engine,
  EngineUnavailable,
  type HostArray,
  type HostArrays,
  partition,
  type Program,
  type ProgramSpec,
} from "./engine.ts";
import { settleDrivers } from "./drivers.ts";
import { encodeOnnx, type Graph, inputName, outputName, overwritable, splitsAsSlices, trace } from "../jit/mod.ts";
import type { TensorSpec } from "../jit/mod.ts";

/** Where ONNX Runtime computes. */
export type Provider = "cpu" | "webgpu";

/**
 * Same graph, same level, same thread count → bitwise equal runs; levels differ from each other, so the level is pinned.
 * One thread a run: runs are what is parallel.
 *
 * Subnormal numbers count as zero. Under coupled decay the weights that the loss does not see fall to 10⁻³⁸ and below, and
 * a processor takes ten to thirty times as long for a step with such numbers in it. ONNX Runtime sets this once, on the
 * thread that makes the first session; so it holds for JavaScript on that thread too.
 */
export const sessionOptions = (provider: Provider): ort.InferenceSession.SessionOptions => ({
  executionProviders: [provider],
  graphOptimizationLevel: "all",
  executionMode: "sequential",
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  logSeverityLevel: 3,
  extra: { session: { set_denormal_as_zero: "1" } },
});

/** WebGPU promises a shader eight storage buffers; a split needs one for each part and one for the whole. */
const WEBGPU_PARTS = 7;

/** The graph as a provider can run it. */
const fitted = (graph: Graph, provider: Provider): Graph =>
  provider === "webgpu" ? splitsAsSlices(graph, WEBGPU_PARTS) : graph;

interface Slot {
  readonly array: HostArray;
  readonly tensor: ort.Tensor;
}

/** A tensor whose memory is that of an array. */
function tensorOver(array: HostArray, shape: readonly number[]): ort.Tensor {
  if (array instanceof Uint8Array) return new ort.Tensor("bool", array, shape);
  return array instanceof Int32Array ? new ort.Tensor("int32", array, shape) : new ort.Tensor("float32", array, shape);
}

function slot(spec: TensorSpec): Slot {
  const array = allocate(spec);
  return { array, tensor: tensorOver(array, spec.shape) };
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

async function compile(spec: ProgramSpec, provider: Provider): Promise<Program> {
  const graph = fitted(trace(spec.body, { ...spec.state, ...spec.inputs }), provider);
  // A state that passes through untouched needs no output; but ONNX Runtime takes no model without any.
  const outputs = graph.outputs.filter(({ name, value }) => !(name in spec.state) || value.input !== name);
  const changed = outputs.length > 0 ? { ...graph, outputs } : graph;
  const specOf = Object.fromEntries(changed.outputs.map(({ name, value }) => [name, value as TensorSpec]));
  const { updated, results } = partition(spec, specOf);
  const session = await ort.InferenceSession.create(encodeOnnx(changed), sessionOptions(provider));
  const inPlace = updated.filter((name) => overwritable(changed, name));
  return new OnnxProgram(spec, {
    session,
    results: Object.fromEntries(results.map((name) => [name, specOf[name]])),
    inPlace,
    doubled: updated.filter((name) => !inPlace.includes(name)),
  });
}

async function ready(): Promise<void> {
  tf.enableProdMode();
  if (!tf.getBackend()) await tf.setBackend("cpu");
}

/** The compiled engine: each program is traced once to an ONNX graph that ONNX Runtime executes on one thread. */
export async function startOnnx(): Promise<Engine> {
  await ready();
  return { id: "onnx", compile: (spec) => compile(spec, "cpu") };
}

/**
 * The same graphs on ONNX Runtime's own WebGPU. State passes through the host at each step.
 *
 * @throws {EngineUnavailable} where ONNX Runtime finds no adapter that it can use
 */
export async function startOnnxWebgpu(): Promise<Engine> {
  settleDrivers();
  await ready();
  const id = "onnx:webgpu";
  const x = { shape: [1], dtype: "float32" } as const;
  try {
    // What there is shows when a session is made.
    await (await compile({ state: {}, inputs: { x }, body: (given) => ({ y: tf.neg(given.x) }) }, "webgpu")).dispose();
  } catch (error) {
    const reason = /Failed to get a WebGPU adapter: [^\n]*/.exec((error as Error).message);
    if (!reason) throw error;
    throw new EngineUnavailable(id, `ONNX Runtime found no usable one: ${reason[0]}; see docs/engines.md`);
  }
  return { id, device: "WebGPU", compile: (spec) => compile(spec, "webgpu") };
}

import { setImmediate } from "node:timers";
import * as tf from "@tensorflow/tfjs";
import {
  type Engine,
  EngineUnavailable,
  type HostArrays,
  partition,
  type Program,
  type ProgramSpec,
  type TensorSpec,
} from "./engine.ts";

const toTensor = (array: HostArrays[string], spec: TensorSpec): tf.Tensor =>
  tf.tensor(array.slice(), [...spec.shape], spec.dtype);

function disposeAllBut(kept: readonly tf.Tensor[], tensors: readonly tf.Tensor[]): void {
  for (const tensor of tensors) if (!kept.includes(tensor)) tensor.dispose();
}

/** Runs a program operation by operation on a TensorFlow.js backend, with its state kept there as tensors. */
class EagerProgram implements Program {
  readonly #backend: string;
  readonly #spec: ProgramSpec;
  #state: Record<string, tf.Tensor> = {};

  constructor(backend: string, spec: ProgramSpec) {
    this.#backend = backend;
    this.#spec = spec;
  }

  load(state: HostArrays): void {
    tf.setBackend(this.#backend);
    tf.dispose(this.#state);
    const entries = Object.entries(this.#spec.state);
    this.#state = Object.fromEntries(entries.map(([name, spec]) => [name, toTensor(state[name], spec)]));
  }

  async run(inputs: HostArrays): Promise<HostArrays> {
    // Eager backends settle in microtasks only; without this a process would never hear that it should stop.
    await new Promise<void>((done) => setImmediate(done));
    tf.setBackend(this.#backend);
    const { body, inputs: specs } = this.#spec;
    const outputs = tf.tidy(() => {
      const given = Object.entries(specs).map(([name, spec]) => [name, toTensor(inputs[name], spec)]);
      return body({ ...this.#state, ...Object.fromEntries(given) }) as Record<string, tf.Tensor>;
    });
    const { updated, results } = partition(this.#spec, outputs);
    const old = Object.values(this.#state);
    this.#state = { ...this.#state, ...Object.fromEntries(updated.map((name) => [name, outputs[name]])) };
    // A tensor may go by several names, old and new ones, of state and of results: it lives as long as one of them.
    const given = results.map((name) => outputs[name]);
    disposeAllBut([...Object.values(this.#state), ...given], old);
    const host = await Promise.all(results.map(async (name) => [name, await outputs[name].data()] as const));
    disposeAllBut(Object.values(this.#state), given);
    return Object.fromEntries(host) as HostArrays;
  }

  async state(): Promise<HostArrays> {
    const entries = Object.entries(this.#state);
    const host = await Promise.all(entries.map(async ([name, tensor]) => [name, await tensor.data()] as const));
    return Object.fromEntries(host) as HostArrays;
  }

  dispose(): Promise<void> {
    tf.dispose(this.#state);
    return Promise.resolve();
  }
}

/** An engine over a TensorFlow.js backend that is already registered. */
export async function startEager(id: string): Promise<Engine> {
  tf.enableProdMode();
  // On failure TensorFlow.js goes on with another backend.
  if (!await tf.setBackend(id)) throw new EngineUnavailable(id, `its backend could not be initialised`);
  await tf.ready();
  return {
    id,
    compile: (spec) => Promise.resolve(new EagerProgram(id, spec)),
  };
}

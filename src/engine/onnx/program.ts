import { setImmediate } from "node:timers/promises";
import * as ort from "onnxruntime-node";
import { encodeOnnx, inputName, nextName, Sweeper, SweepMemory } from "../../jit/mod.ts";
import type { HostArray, HostArrays, Program, ProgramSpec } from "../engine.ts";
import { arrange, type Arrangement, type Window } from "./arrange.ts";
import { sessionOptions } from "./provider.ts";
import { tensorOver } from "./tensor.ts";
import { type TracedProgram, tracedProgram } from "./traced.ts";

const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** A session and a sweep over the memory that they share. */
class OnnxProgram implements Program {
  readonly #arrangement: Arrangement;
  readonly #inputs: readonly string[];
  readonly #session: ort.InferenceSession | null;
  readonly #memory: SweepMemory;
  readonly #sweeper: Sweeper;
  /** Where a place is, when it is not where its name says: doubled state that was swapped. */
  readonly #swapped = new Map<string, string>();
  readonly #state: readonly string[];
  readonly #tensors = new Map<string, ort.Tensor>();
  readonly #results: HostArrays;

  constructor({ state, inputs }: TracedProgram, arrangement: Arrangement, session: ort.InferenceSession | null) {
    this.#arrangement = arrangement;
    this.#session = session;
    this.#inputs = Object.keys(inputs);
    this.#state = Object.keys(state);
    this.#memory = new SweepMemory(arrangement.sweep.slots.size, arrangement.regions);
    this.#sweeper = new Sweeper(arrangement.sweep, this.#memory);
    this.#results = Object.fromEntries([...arrangement.results].map(([name, window]) => [name, this.#view(window)]));
  }

  load(state: HostArrays): void {
    for (const name of this.#state) this.#whole(inputName(name)).set(state[name]);
  }

  async run(inputs: HostArrays): Promise<HostArrays> {
    const { feeds, fetches, numbers, doubled } = this.#arrangement;
    for (const name of this.#inputs) this.#whole(inputName(name)).set(inputs[name]);
    if (this.#session) await this.#session.run(this.#bound(feeds), this.#bound(fetches));
    else await setImmediate();
    for (const [place, slot] of numbers) this.#memory.slots[slot] = this.#whole(place)[0];
    this.#sweeper.run((place) => this.#memory.address(this.#where(place)));
    for (const name of doubled) this.#swap(inputName(name), nextName(name));
    return this.#results;
  }

  state(): Promise<HostArrays> {
    return Promise.resolve(Object.fromEntries(this.#state.map((name) => [name, this.#whole(inputName(name))])));
  }

  async dispose(): Promise<void> {
    await this.#session?.release();
  }

  #where(place: string): string {
    return this.#swapped.get(place) ?? place;
  }

  #swap(a: string, b: string): void {
    const [atA, atB] = [this.#where(a), this.#where(b)];
    this.#swapped.set(a, atB).set(b, atA);
  }

  #view({ place, offset, shape }: Window): HostArray {
    return this.#memory.view(this.#where(place), offset, sizeOf(shape));
  }

  #whole(place: string): HostArray {
    return this.#memory.view(this.#where(place));
  }

  /** Tensors over memory; made once for each place. */
  #bound(windows: ReadonlyMap<string, Window>): Record<string, ort.Tensor> {
    const bound: Record<string, ort.Tensor> = {};
    for (const [name, window] of windows) {
      const key = `${name} at ${this.#where(window.place)}`;
      const tensor = this.#tensors.get(key) ?? tensorOver(this.#view(window), window.shape);
      this.#tensors.set(key, tensor);
      bound[name] = tensor;
    }
    return bound;
  }
}

/**
 * Compiles a program: what is matrix products and the like for ONNX Runtime, the rest as a sweep.
 *
 * @param lanes null for one run; else how many, and every tensor has them as its first axis
 */
export async function compile(spec: ProgramSpec, lanes: number | null = null): Promise<Program> {
  const traced = tracedProgram(spec, lanes);
  const arrangement = arrange(traced);
  const { front } = arrangement;
  // ONNX Runtime takes no model without outputs.
  const session = front.outputs.length === 0
    ? null
    : await ort.InferenceSession.create(encodeOnnx(front), sessionOptions("cpu"));
  return new OnnxProgram(traced, arrangement, session);
}

import { setImmediate } from "node:timers/promises";
import * as ort from "onnxruntime-node";
import { sizeOf } from "../graph.ts";
import { encodeOnnx, inputName } from "../onnx.ts";
import type { HostArray, HostArrays, Program, ProgramSpec } from "../program.ts";
import { nextName, Sweeper, SweepMemory } from "../sweep/mod.ts";
import type { Lanes } from "../vmap.ts";
import { arrange, type Arrangement, type Window } from "./arrange.ts";
import { sessionOptions } from "./session.ts";
import { tensorOver } from "./tensor.ts";
import { type TracedProgram, tracedProgram } from "./traced.ts";

type Tensors = Readonly<Record<string, ort.Tensor>>;

/** A session and a sweep over the memory that they share. */
class OnnxProgram implements Program {
  readonly #arrangement: Arrangement;
  readonly #inputs: readonly string[];
  readonly #session: ort.InferenceSession | null;
  readonly #memory: SweepMemory;
  readonly #sweeper: Sweeper;
  readonly #state: readonly string[];
  readonly #results: HostArrays;
  /** Places of doubled state, each with the one that it changes with after every run. */
  readonly #partners: ReadonlyMap<string, string>;
  /** Whether doubled state is where its partner's name says. */
  #isSwapped = false;
  /** Tensors over memory as it lies, and as it lies swapped. */
  readonly #tensors = new Map<boolean, { readonly feeds: Tensors; readonly fetches: Tensors }>();

  constructor({ state, inputs }: TracedProgram, arrangement: Arrangement, session: ort.InferenceSession | null) {
    this.#arrangement = arrangement;
    this.#session = session;
    this.#inputs = Object.keys(inputs);
    this.#state = Object.keys(state);
    const pairs = arrangement.doubled.map((name) => [inputName(name), nextName(name)] as const);
    this.#partners = new Map(pairs.flatMap(([a, b]) => [[a, b], [b, a]]));
    this.#memory = new SweepMemory(arrangement.sweep.slots.size, arrangement.regions);
    this.#sweeper = new Sweeper(arrangement.sweep, this.#memory);
    this.#results = Object.fromEntries([...arrangement.results].map(([name, window]) => [name, this.#view(window)]));
  }

  load(state: HostArrays): void {
    for (const name of this.#state) this.#whole(inputName(name)).set(state[name]);
  }

  async run(inputs: HostArrays): Promise<HostArrays> {
    for (const name of this.#inputs) this.#whole(inputName(name)).set(inputs[name]);
    const { feeds, fetches } = this.#bound();
    if (this.#session) await this.#session.run(feeds, fetches);
    else await setImmediate();
    for (const [place, slot] of this.#arrangement.numbers) this.#memory.slots[slot] = this.#whole(place)[0];
    this.#sweeper.run((place) => this.#memory.address(this.#where(place)));
    this.#isSwapped = !this.#isSwapped;
    return this.#results;
  }

  state(): Promise<HostArrays> {
    return Promise.resolve(Object.fromEntries(this.#state.map((name) => [name, this.#whole(inputName(name))])));
  }

  async dispose(): Promise<void> {
    await this.#session?.release();
  }

  #where(place: string): string {
    return this.#isSwapped ? this.#partners.get(place) ?? place : place;
  }

  #view({ place, offset, shape }: Window): HostArray {
    return this.#memory.view(this.#where(place), offset, sizeOf(shape));
  }

  #whole(place: string): HostArray {
    return this.#memory.view(this.#where(place));
  }

  /** What ONNX Runtime reads and writes, where it is at the moment. */
  #bound() {
    const { feeds, fetches } = this.#arrangement;
    const over = (windows: ReadonlyMap<string, Window>): Tensors =>
      Object.fromEntries([...windows].map(([name, window]) => [name, tensorOver(this.#view(window), window.shape)]));
    const bound = this.#tensors.get(this.#isSwapped) ?? { feeds: over(feeds), fetches: over(fetches) };
    this.#tensors.set(this.#isSwapped, bound);
    return bound;
  }
}

/**
 * Compiles a program: what is matrix products and the like for ONNX Runtime, the rest as a sweep.
 *
 * @param lanes null for one run; else every tensor that they do not share has them as its first axis
 */
export async function compile(spec: ProgramSpec, lanes: Lanes | null = null): Promise<Program> {
  const traced = tracedProgram(spec, lanes);
  const arrangement = arrange(traced);
  const { front } = arrangement;
  // ONNX Runtime takes no model without outputs.
  const session = front.outputs.length === 0
    ? null
    : await ort.InferenceSession.create(encodeOnnx(front), sessionOptions("cpu"));
  return new OnnxProgram(traced, arrangement, session);
}

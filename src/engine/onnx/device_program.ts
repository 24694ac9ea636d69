import * as ort from "onnxruntime-node";
import { sessionOptions } from "../../jit/compile/session.ts";
import { tensorOver } from "../../jit/compile/tensor.ts";
import { type TracedProgram, tracedProgram } from "../../jit/compile/traced.ts";
import {
  encodeOnnx,
  evenSums,
  inputName,
  needed,
  outputName,
  PACKED,
  packed,
  splitsAsSlices,
  trace,
} from "../../jit/mod.ts";
import type { Graph, Lanes } from "../../jit/mod.ts";
import { allocate, EngineFailed, LEAST_LANES } from "../engine.ts";
import type { HostArray, HostArrays, Program, ProgramSpec } from "../engine.ts";

/** WebGPU promises a shader eight storage buffers; a split needs one for each part and one for the whole. */
const PARTS = 7;

/** What ONNX Runtime and Dawn say when a device cannot go on: it is gone, or its memory is used up. */
const GAVE_UP = /device (was |is )?lost|lost (the )?device|out of (device |host )?memory|failed to allocate|OOM/i;

/** Tensors by name. */
type Tensors = Map<string, ort.Tensor>;

const sessionOf = (graph: Graph, onDevice: readonly string[]): Promise<ort.InferenceSession> =>
  ort.InferenceSession.create(encodeOnnx(graph), {
    ...sessionOptions("webgpu"),
    preferredOutputLocation: Object.fromEntries(onDevice.map((name) => [outputName(name), "gpu-buffer" as const])),
  });

/** A device that gave up says nothing of what was to be computed. */
function explained(error: unknown): unknown {
  const said = error instanceof Error ? error.message.split("\n")[0] : String(error);
  if (!GAVE_UP.test(said)) return error;
  return new EngineFailed(
    `engine 'onnx:webgpu': the graphics device says '${said}'; give the same command again, with fewer --lanes or -j if its memory was used up`,
  );
}

/** Sessions of one program: its steps, and what carries state to the device and back. */
interface Sessions {
  /** None where a step does nothing: ONNX Runtime takes no model without outputs. */
  readonly step: ort.InferenceSession | null;
  readonly up: ort.InferenceSession | null;
  readonly down: ort.InferenceSession | null;
}

async function release({ step, up, down }: Sessions): Promise<void> {
  for (const session of [step, up, down]) await session?.release();
}

/**
 * A program whose state stays on a graphics device from step to step; what a step gives comes back as one vector.
 *
 * Of onnxruntime-node 1.30: an output on the device may be an input of the next call; there are no outputs in memory that is
 * there already; and `getData` of a tensor on the device ends the process. So state travels by sessions that only pass it on.
 */
class DeviceProgram implements Program {
  readonly #spec: TracedProgram;
  readonly #sessions: Sessions;
  readonly #renewed: readonly string[];
  readonly #packed: readonly string[];
  readonly #results: Map<string, HostArray>;
  readonly #host: Map<string, HostArray>;
  /** State on the device; none after a load, until it is needed. */
  #device: Tensors | null = null;

  constructor(
    spec: TracedProgram,
    sessions: Sessions,
    renewed: readonly string[],
    packedNames: readonly string[],
    results: Map<string, HostArray>,
  ) {
    this.#spec = spec;
    this.#sessions = sessions;
    this.#renewed = renewed;
    this.#packed = packedNames;
    this.#results = results;
    this.#host = new Map(Object.entries(spec.state).map(([name, state]) => [name, allocate(state)]));
  }

  load(state: HostArrays): void {
    for (const [name, array] of this.#host) array.set(state[name]);
    this.#drop();
  }

  async run(inputs: HostArrays): Promise<HostArrays> {
    try {
      return await this.#run(inputs);
    } catch (error) {
      throw explained(error);
    }
  }

  async state(): Promise<HostArrays> {
    try {
      if (this.#device && this.#sessions.down) {
        const given = await this.#sessions.down.run(feedsOf(this.#device));
        for (const [name, array] of this.#host) array.set(given[outputName(name)].data as Float32Array);
      }
    } catch (error) {
      throw explained(error);
    }
    return Object.fromEntries(this.#host);
  }

  async dispose(): Promise<void> {
    this.#drop();
    await release(this.#sessions);
  }

  async #run(inputs: HostArrays): Promise<HostArrays> {
    const { step } = this.#sessions;
    if (!step) return {};
    const state = this.#device ??= await this.#upload();
    const given: Tensors = new Map(
      Object.entries(this.#spec.inputs).map(([name, { shape }]) => [name, tensorOver(inputs[name], shape)]),
    );
    const feeds = Object.entries(feedsOf(new Map([...state, ...given]))).filter(([name]) =>
      step.inputNames.includes(name)
    );
    const found = await step.run(Object.fromEntries(feeds));
    for (const name of this.#renewed) {
      state.get(name)!.dispose();
      state.set(name, found[outputName(name)]);
    }
    for (const [name, array] of this.#results) {
      const at = this.#packed.indexOf(name);
      if (at < 0) array.set(found[outputName(name)].data as Float32Array);
      else array[0] = (found[outputName(PACKED)].data as Float32Array)[at];
    }
    return Object.fromEntries(this.#results);
  }

  async #upload(): Promise<Tensors> {
    if (!this.#sessions.up) return new Map();
    const host = new Map(
      [...this.#host].map(([name, array]) => [name, tensorOver(array, this.#spec.state[name].shape)]),
    );
    const found = await this.#sessions.up.run(feedsOf(host));
    return new Map([...this.#host.keys()].map((name) => [name, found[outputName(name)]]));
  }

  #drop(): void {
    for (const tensor of this.#device?.values() ?? []) tensor.dispose();
    this.#device = null;
  }
}

const feedsOf = (tensors: Tensors): Record<string, ort.Tensor> =>
  Object.fromEntries([...tensors].map(([name, tensor]) => [inputName(name), tensor]));

/**
 * Compiles a program for ONNX Runtime's own WebGPU.
 *
 * @param lanes null for one run; else every tensor that they do not share has them as its first axis
 */
export async function compileOnDevice(spec: ProgramSpec, lanes: Lanes | null = null): Promise<Program> {
  const traced = tracedProgram(spec, lanes);
  const { graph: { outputs }, updated, results } = traced;
  const { graph, names } = packed(traced.graph, results);
  const state = Object.keys(traced.state);
  const passing = state.length > 0 ? trace((tensors) => ({ ...tensors }), traced.state) : null;
  const sessions: { -readonly [name in keyof Sessions]: Sessions[name] } = { step: null, up: null, down: null };
  try {
    const even = lanes ? evenSums(needed(graph), lanes.count, LEAST_LANES) : needed(graph);
    if (outputs.length > 0) sessions.step = await sessionOf(splitsAsSlices(even, PARTS), updated);
    if (passing) sessions.up = await sessionOf(passing, state);
    if (passing) sessions.down = await sessionOf(passing, []);
  } catch (error) {
    await release(sessions);
    throw explained(error);
  }
  const valueOf = new Map(outputs.map(({ name, value }) => [name, value]));
  const arrays = new Map(results.map((name) => [name, allocate(valueOf.get(name) as never)]));
  return new DeviceProgram(traced, sessions, updated, names, arrays);
}

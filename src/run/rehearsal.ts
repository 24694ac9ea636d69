import { createHash, type Hash } from "node:crypto";
import type { Algorithm } from "../algorithms/algorithm.ts";
import type { Engine, HostArray, HostArrays, Program, ProgramSpec } from "../engine/mod.ts";
import { graphText, trace } from "../jit/mod.ts";
import type { Problem } from "../problem/case.ts";
import type { Trial } from "./trial.ts";

/** A digest that names the kind of whatever enters it, so that nothing can pass for something else. */
export class Fingerprint {
  readonly #hash: Hash = createHash("sha256");
  /** Digests of arrays that are handed over many times, as the test set is at each evaluation. */
  readonly #known = new WeakMap<HostArray, string>();

  text(kind: string, text: string): void {
    this.#hash.update(`${kind} ${text.length}\n${text}\n`);
  }

  bytes(kind: string, bytes: Uint8Array): void {
    this.text(kind, createHash("sha256").update(bytes).digest("hex"));
  }

  arrays(kind: string, arrays: HostArrays): void {
    for (const [name, array] of Object.entries(arrays)) this.text(`${kind}/${name}`, this.#digest(array));
  }

  hex(): string {
    return this.#hash.digest("hex");
  }

  #digest(array: HostArray): string {
    const known = this.#known.get(array);
    if (known) return known;
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    const found = `${array.constructor.name} ${createHash("sha256").update(bytes).digest("hex")}`;
    this.#known.set(array, found);
    return found;
  }
}

/** Whether a program scores: one that trains has a prey, whatever an algorithm calls its other leaves and its clocks. */
const scores = ({ state }: ProgramSpec): boolean => !("prey" in state);

/** What a rehearsed program answers, call by call. */
type Answer = (call: number, inputs: HostArrays) => Record<string, Float32Array>;

/** A program that computes nothing: it notes its graph and what it is given, and answers what it was told to. */
class RehearsedProgram implements Program {
  #state: Record<string, Float32Array> = {};
  #calls = 0;

  constructor(readonly noted: Fingerprint, readonly spec: ProgramSpec, readonly answer: Answer) {
    noted.text("graph", graphText(trace(spec.body, { ...spec.state, ...spec.inputs })));
  }

  load(state: HostArrays): void {
    this.noted.arrays("state", state);
    this.#state = Object.fromEntries(
      Object.entries(state).map(([name, array]) => [name, (array as Float32Array).slice()]),
    );
  }

  run(inputs: HostArrays): Promise<HostArrays> {
    this.noted.arrays("input", inputs);
    if (!scores(this.spec)) this.#move();
    return Promise.resolve(this.answer(this.#calls++, inputs));
  }

  /** Everything moves, each leaf and each of its numbers in its own way: what is measured or copied of them can be told apart. */
  #move(): void {
    Object.values(this.#state).forEach((leaf, i) => {
      for (let at = 0; at < leaf.length; at++) leaf[at] += 2 ** -(i + 1) / (1 + at % 7);
    });
  }

  state(): Promise<HostArrays> {
    return Promise.resolve(this.#state);
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }
}

/**
 * Accuracies on the training and the test set: before any step, memorised, generalised, lost again, and there once more;
 * twice each, for a predator is scored in turn with the prey.
 */
const SCORES = [[0, 0], [1, 0], [1, 1], [1, 1], [1, 0], [1, 0], [1, 1]] as const;
const EVALUATIONS = SCORES.length - 1;

/** An engine that rehearses: steps have losses of their own, scores follow a script in which every phase has its turn. */
export function rehearsal(noted: Fingerprint, { dataset: { train, test } }: Problem): Engine {
  const scoring = (spec: ProgramSpec): Answer => {
    const rows = spec.inputs.weight.shape[0];
    const testCalls = Math.ceil(test.size / rows);
    // The test set is what is scored first; the targets of a call are always the same array.
    const known: HostArray[] = [];
    let round = -1;
    return (_, { targets }) => {
      if (!known.includes(targets)) known.push(targets);
      const at = known.indexOf(targets);
      if (at === 0) round = Math.min(EVALUATIONS, round + 1);
      // A split is scored by several calls; the first of them gets all there is.
      const correct = at === 0 ? SCORES[round][1] * test.size : at === testCalls ? SCORES[round][0] * train.size : 0;
      return { correct: Float32Array.of(correct), loss: Float32Array.of(at + 1) };
    };
  };
  const stepping: Answer = (call) => ({ loss: Float32Array.of(1 / (call + 1)), stepNorm: Float32Array.of(call + 1) });
  return {
    id: "rehearsal",
    compile: (spec) => Promise.resolve(new RehearsedProgram(noted, spec, scores(spec) ? scoring(spec) : stepping)),
  };
}

/** Phases of so many steps as a rehearsal has. */
const brief = (phases: Algorithm["phases"]): Algorithm["phases"] => (config, layout) =>
  phases(config, layout).map((phase) =>
    phase.until.kind === "steps" ? { ...phase, until: { kind: "steps", count: Math.min(1, phase.until.count) } } : phase
  );

/**
 * The same trial without probes, with so few epochs and steps of a phase that a rehearsal is short; how many there are and
 * how far apart evaluations are is compared by itself.
 */
export function shortened(trial: Trial): Trial {
  const evalEvery = Math.min(trial.config.evalEvery, 2);
  const extraEpochs = Math.min(trial.config.extraEpochs, 2);
  const config = { ...trial.config, evalEvery, extraEpochs, maxEpochs: Math.max(1, evalEvery) * (EVALUATIONS + 1) };
  const algorithm = { ...trial.algorithm, phases: brief(trial.algorithm.phases) };
  return { ...trial, algorithm, config, probes: [] };
}

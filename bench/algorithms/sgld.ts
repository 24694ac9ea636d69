import * as tf from "@tensorflow/tfjs";
import { defineAlgorithm, type Phase } from "../../src/algorithms/algorithm.ts";
import { adamFields, adamSearch } from "../../src/algorithms/fields.ts";
import { noise, noiseState } from "../../src/algorithms/noise.ts";
import { end, single } from "../../src/algorithms/single.ts";
import { adamL2, type Vec } from "../../src/algorithms/transform.ts";
import type { Tree } from "../../src/algorithms/tree.ts";
import { nonNegative } from "../../src/declare/field.ts";
import { memorise } from "./memorise.ts";

/** θ ← θ + √(2ατ)·N(0, 1) after each step of a phase. State: noise, whole numbers of the generators: float32 [P] each. */
const diffusing = (
  phase: Phase,
  { learningRate, temperature }: { readonly learningRate: number; readonly temperature: number },
): Phase => ({
  ...phase,
  enter(previous, stream) {
    const entered = phase.enter(previous, stream);
    return { ...entered, noise: noiseState((entered.prey as Float32Array).length, stream) };
  },
  step(state, gradAt, clock) {
    const stepped = phase.step(state, gradAt, clock);
    const { normal, state: next } = noise(state.noise as Tree<tf.Tensor>);
    const prey = tf.add(stepped.state.prey as Vec, tf.mul(normal, Math.sqrt(2 * learningRate * temperature)));
    return { ...stepped, state: { ...stepped.state, prey, noise: next } };
  },
});

/**
 * No authors have a temperature for this task. At 10⁻³ the noise of a step is as long as one of Adam at α = 10⁻³,
 * about 1.4·10⁻³ a parameter; here it is a third of that.
 */
export const sgld = defineAlgorithm({
  id: "sgld",
  summary: "Adam-L2 once memorised, with Langevin noise on the parameters: the diffusion that the hunt is to replace",
  source: "Welling & Teh 2011; Kozyrev, arXiv:2412.18624; after the phases of arXiv:2509.10562",
  control: "adam-l2",
  controlReason: "the same phases, optimiser and restart without noise",
  fields: { ...adamFields, temperature: nonNegative(1e-4, "τ, of the noise √(2ατ)·N(0, 1)") },
  search: { ...adamSearch, temperature: { low: 1e-6, high: 1 } },
  agents: ["prey"],
  phases: (h) => [memorise(h), diffusing(single("train", adamL2(h), end), h)],
});

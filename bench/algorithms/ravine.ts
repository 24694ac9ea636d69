import * as tf from "@tensorflow/tfjs";
import { defineAlgorithm, type Phase } from "../../src/algorithms/algorithm.ts";
import { adamFields, adamSearch } from "../../src/algorithms/fields.ts";
import { end, single } from "../../src/algorithms/single.ts";
import { adamL2, type Vec } from "../../src/algorithms/transform.ts";
import { fraction } from "../../src/declare/field.ts";
import { sgdFields, sgdOptimiser, sgdPresets, sgdSearch } from "./sgd.ts";

const ahead = { ahead: fraction(0.9, "β, how far the last displacement is gone on with") };
const aheadSearch = { ahead: { low: 0.3, high: 0.99, ofRest: true } };

/**
 * y = θ + β(θ − θ₋); θ₋ ← θ; θ ← y + update(∇L(y)): a phase whose prey is first carried on along its last displacement.
 * State: before, which is θ₋ and at first θ: float32 [P].
 */
const alongRavine = (phase: Phase, beta: number): Phase => ({
  ...phase,
  enter: (previous, stream) => ({
    ...phase.enter(previous, stream),
    before: (previous.prey as Float32Array).slice(),
  }),
  step(state, gradAt, clock) {
    const [now, before] = [state.prey as Vec, state.before as Vec];
    const carried = tf.add(now, tf.mul(tf.sub(now, before), beta)) as Vec;
    const stepped = phase.step({ ...state, prey: carried }, gradAt, clock);
    return { ...stepped, state: { ...stepped.state, before: now } };
  },
});

export const ravine = defineAlgorithm({
  id: "ravine",
  summary: "The ravine method on Adam-L2: each step begins further along the last displacement",
  source: "Gelfand & Tsetlin 1961; Nesterov 1983; arXiv:2201.11643",
  control: "adam-l2-scratch",
  controlReason: "the same Adam-L2 where it is",
  fields: { ...adamFields, ...ahead },
  search: { ...adamSearch, ...aheadSearch },
  agents: ["prey"],
  phases: (h) => [alongRavine(single("train", adamL2(h), end), h.ahead)],
});

export const ravineSgd = defineAlgorithm({
  id: "ravine-sgd",
  summary: "The ravine method on gradient descent, as its authors had it: Nesterov's momentum",
  source: "Gelfand & Tsetlin 1961; Nesterov 1983; arXiv:2201.11643",
  control: "sgd",
  controlReason: "the same gradient descent where it is",
  fields: { ...sgdFields, ...ahead },
  presets: sgdPresets,
  search: { ...sgdSearch, ...aheadSearch },
  agents: ["prey"],
  phases: (h) => [alongRavine(single("train", sgdOptimiser(h), end), h.ahead)],
});

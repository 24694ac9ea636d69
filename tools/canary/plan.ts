import { algorithms } from "../../bench/algorithms/mod.ts";
import { METHODS } from "../../bench/profiles/methods.ts";
import type { Values } from "../../src/declare/field.ts";
import type { LateStart } from "../../src/gate/canary/late_start.ts";
import { FIRST_STEPS } from "../../src/gate/canary/mod.ts";

/** One problem whose first steps are kept as a reference. */
export interface PlannedCanary {
  readonly case: string;
  readonly canary: string;
  readonly seed: number;
  readonly overrides: Values;
  readonly algorithms: readonly string[];
  /** Where it begins, if not at the start. */
  readonly start?: LateStart;
}

/** Half way between two numbers of correct samples, as an accuracy. */
const between = (low: number, high: number, size: number): number => (low + high) / 2 / size;

/**
 * The first steps of every algorithm: k epochs of memorisation, N_d prey-only steps, 15 to 40 steps of the hunt.
 *
 * The evaluation after `k` epochs is the first that counts as memorised, because its number of correct training samples
 * lies above a threshold that lies above the number at the start. Seeds were chosen so that both are far from it.
 */
function firstSteps(id: string, seed: number, k: number, epochs: number, memorisedAbove: number): PlannedCanary {
  return {
    case: id,
    canary: FIRST_STEPS,
    seed,
    overrides: { evalEvery: k, maxEpochs: epochs, memorisedAbove },
    algorithms: algorithms.map((algorithm) => algorithm.id),
  };
}

/**
 * The same on a large transformer, of the paper's methods and the baselines. What others do to its parameters is followed on
 * the small ones, of one layer and of two, and its model and data by the paper's: an hour of float64 would add nothing.
 */
function paperSteps(...named: Parameters<typeof firstSteps>): PlannedCanary {
  return { ...firstSteps(...named), algorithms: METHODS };
}

/** Methods that treat parameter tensors apart, by their names and shapes. */
const BY_PIECE = ["grokadamw", "orthograd", "muon", "muon-cap", "egd"];

/** What has an image case generalised within its first steps. */
const AT_ONCE = ["stablemax", "stablemax-off"];

/** The same, and a shorter one of those, with generalising put off beyond the end: their loss is soon all rounding. */
function imageSteps(shorter: number, ...named: Parameters<typeof firstSteps>): PlannedCanary[] {
  const first = firstSteps(...named);
  const others = first.algorithms.filter((algorithm) => !AT_ONCE.includes(algorithm));
  const put = {
    ...first,
    canary: "first-steps-on",
    overrides: { evalEvery: 1, maxEpochs: shorter, generalisedAbove: 0.999 },
  };
  return [{ ...first, algorithms: others }, { ...put, algorithms: AT_ONCE }];
}

/** What a case can be made into by its fields: another problem or model under the baseline. */
const variant = (
  id: string,
  canary: string,
  overrides: PlannedCanary["overrides"],
  algorithms: readonly string[] = ["adamw"],
): PlannedCanary => ({
  case: id,
  canary,
  seed: 0,
  overrides: { evalEvery: 3, maxEpochs: 3, ...overrides },
  algorithms,
});

/**
 * Long enough for what the first steps cannot show: the corrections of Adam at large t, the order of the batches in late
 * epochs, evaluations that have become rare. No phase ends by an accuracy, which rounding could decide.
 */
const late = (id: string, maxEpochs: number): PlannedCanary => ({
  case: id,
  canary: "late",
  seed: 0,
  overrides: { maxEpochs, generalisedAbove: 0.99 },
  algorithms: ["adamw", "adam-l2-scratch"],
});

/**
 * Four epochs of a run under way: what becomes of a state so late in every clock. Nothing is near a threshold, and each epoch
 * is evaluated.
 */
const underWay = (id: string, epoch: number): PlannedCanary => ({
  case: id,
  canary: `after-${epoch}-epochs`,
  seed: 0,
  start: { epoch },
  overrides: { evalEvery: 1, maxEpochs: epoch + 4, generalisedAbove: 0.99 },
  algorithms: ["adamw", "adam-l2-scratch", "ppm", "pp-conn"],
});

/** Every canary. */
export const plannedCanaries: readonly PlannedCanary[] = [
  firstSteps("tiny-div", 2, 6, 18, between(9, 20, 253)),
  variant("tiny-div", "two-layers-post", { layers: 2, normPlacement: "post", maxEpochs: 6 }, ["adamw", ...BY_PIECE]),
  variant("tiny-div", "short-sequence-gelu", { layers: 2, activation: "gelu", sequence: "a b =", maxEpochs: 6 }),
  // Small enough for the ε of layer norm to count.
  variant("tiny-div", "small-embeddings", { embeddingStd: 0.003, maxEpochs: 6 }),
  // Both gradients of a step are of the same masks.
  variant(
    "tiny-div",
    "dropout-post",
    { layers: 2, normPlacement: "post", dropout: 0.1, maxEpochs: 6, memorisedAbove: 0 },
    ["adamw", "ppm-gradpred"],
  ),
  variant("tiny-div", "dropout-pre-gelu", {
    layers: 2,
    activation: "gelu",
    sequence: "a b =",
    dropout: 0.3,
    maxEpochs: 6,
  }),
  firstSteps("tiny-add", 0, 2, 4, between(20, 35, 1104)),
  variant("tiny-add", "share", { beta: 0.8 }),
  variant("tiny-add", "scaled", { initScale: 1.5 }),
  variant("tiny-add", "hypercube", { startNorm: 20 }),
  ...imageSteps(3, "tiny-glyphs", 4, 7, 28, between(18, 31, 200)),
  late("tiny-glyphs", 112),
  underWay("tiny-glyphs", 2_500),
  underWay("tiny-glyphs", 26_000),
  paperSteps("add97", 0, 2, 6, between(43, 74, 4704)),
  paperSteps("div113", 0, 2, 4, between(47, 146, 6328)),
  ...imageSteps(3, "glyphs1k", 4, 3, 9, between(100, 137, 1000)),
  ...imageSteps(2, "mnist1k", 4, 3, 9, between(91, 123, 1000)),
  paperSteps("add139", 2, 1, 3, between(61, 83, 9660)),
  paperSteps("div97-smallinit", 0, 2, 4, between(49, 104, 4656)),
  paperSteps("div97", 1, 2, 4, between(47, 104, 4656)),
];

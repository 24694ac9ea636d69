/** A seeded bug: a slip that a person could make, as a text edit. */
export interface Mutant {
  readonly id: string;
  /** The slip in one line. */
  readonly what: string;
  /** Path from the root of the project. */
  readonly file: string;
  /** Text that is there exactly once, and what takes its place. */
  readonly find: string;
  readonly replace: string;
  /** Shows only in what the canaries do not compare: another tier must see it. */
  readonly late?: boolean;
}

const TRANSFORM = "src/algorithms/transform.ts";
const ALGORITHMS = "src/algorithms/mod.ts";
const PPM = "src/algorithms/ppm.ts";
const PP_CONN = "src/algorithms/pp_conn.ts";
const INTERACTION = "src/algorithms/interaction.ts";
const CASE = "src/problem/case.ts";
const RUN = "src/run/trial_run.ts";
const SHARED = "src/problem/transformer/shared_prefix.ts";
const MODULAR = "src/data/modular.ts";
const OPERATIONS = "src/data/operations.ts";
const EVALUATOR = "src/run/evaluator.ts";

const OPTIMISER: readonly Mutant[] = [
  {
    id: "beta2-default",
    what: "β₂ is 0.99, not 0.999",
    file: CASE,
    find: "beta2: fraction(0.999,",
    replace: "beta2: fraction(0.99,",
  },
  {
    id: "no-second-correction",
    what: "the second moment is not corrected for its bias",
    file: TRANSFORM,
    find: "secondCorrection: 1 / (1 - beta2 ** t)",
    replace: "secondCorrection: 1",
  },
  {
    id: "correction-off-by-one",
    what: "both bias corrections are those of step t + 1",
    file: TRANSFORM,
    find: "clock: (t) => ({ firstCorrection: 1 / (1 - beta1 ** t), secondCorrection: 1 / (1 - beta2 ** t) })",
    replace:
      "clock: (t) => ({ firstCorrection: 1 / (1 - beta1 ** (t + 1)), secondCorrection: 1 / (1 - beta2 ** (t + 1)) })",
  },
  {
    id: "adamw-coupled",
    what: "the decay of AdamW goes through the moments",
    file: TRANSFORM,
    find: "chain(scaleByAdam(config), addDecayedWeights(config.weightDecay),",
    replace: "chain(addDecayedWeights(config.weightDecay), scaleByAdam(config),",
  },
  {
    id: "adam-l2-decoupled",
    what: "the decay of Adam-L2 does not go through the moments",
    file: TRANSFORM,
    find: "chain(addDecayedWeights(config.weightDecay), scaleByAdam(config),",
    replace: "chain(scaleByAdam(config), addDecayedWeights(config.weightDecay),",
  },
  {
    id: "epsilon-in-root",
    what: "Adam's ε is added under the root",
    file: TRANSFORM,
    find: "tf.add(tf.sqrt(tf.mul(v, clock.secondCorrection)), epsilon)",
    replace: "tf.sqrt(tf.add(tf.mul(v, clock.secondCorrection), epsilon))",
  },
  {
    id: "memorise-by-l2",
    what: "memorisation runs Adam-L2, not AdamW",
    file: ALGORITHMS,
    find: 'single("memorise", adamw(hyper), memorised)',
    replace: 'single("memorise", adamL2(hyper), memorised)',
  },
];

const HUNT: readonly Mutant[] = [
  {
    id: "direction-sign",
    what: "l points from prey to predator",
    file: INTERACTION,
    find: "tf.sub(prey, predator)",
    replace: "tf.sub(predator, prey)",
  },
  {
    id: "distance-before-step",
    what: "d and l are taken before the optimiser steps",
    file: PPM,
    find: "const met = interact(tf.add(x, hunted.update), hunting ? tf.add(y, hunting.update) : y, hyper);",
    replace: "const before = interact(x, y, hyper);\n" +
      "      const moved = hunting ? tf.add(before.predator, hunting.update) as Vec : before.predator;\n" +
      "      const met = { ...before, prey: tf.add(before.prey, hunted.update) as Vec, predator: moved };",
  },
  {
    id: "push-without-rate",
    what: "the push on the prey lacks α",
    file: INTERACTION,
    find: "tf.mul(potential, learningRate)",
    replace: "potential",
  },
  {
    id: "chase-without-rate",
    what: "the chase lacks α",
    file: INTERACTION,
    find: "learningRate * alphaP",
    replace: "alphaP",
  },
  {
    id: "range-inverted",
    what: "the potential is A·exp(−d·σ)",
    file: INTERACTION,
    find: "-1 / sigma",
    replace: "-sigma",
  },
  {
    id: "predator-moments-zero",
    what: "the predator's optimiser starts from zeros, not from a copy (ppm-gradpred)",
    file: PPM,
    find: "(moment) => moment.slice()",
    replace: "(moment) => new Float32Array(moment.length)",
  },
  {
    id: "clock-restarts",
    what: "t starts again at the hunt of Algorithm 1",
    file: PPM,
    find: "restartsClock: false",
    replace: "restartsClock: true",
  },
  {
    id: "clock-twice",
    what: "both agents of Algorithm 2 advance the t of their shared state",
    file: PP_CONN,
    find: "clock: optimiser.clock,",
    replace: "clock: (t) => optimiser.clock(2 * t),",
  },
  {
    id: "use-m-swapped",
    what: "useM means the raw gradient, and the reverse",
    file: ALGORITHMS,
    find: "useFirstMoment: hyper.useM",
    replace: "useFirstMoment: !hyper.useM",
  },
  {
    id: "predator-without-decay",
    what: "the predator of Algorithm 2 skips the weight decay",
    file: PP_CONN,
    find: "optimiser.update(predatorGradient, hunted.state, y, clock)",
    replace: "optimiser.update(predatorGradient, hunted.state, tf.zerosLike(y), clock)",
  },
  {
    id: "predator-call-uncounted",
    what: "the predator's gradient call is not counted (ppm-gradpred)",
    file: PPM,
    find: "gradientCalls: gradPred ? 2 : 1",
    replace: "gradientCalls: 1",
  },
  {
    id: "n-d-plus-one",
    what: "N_d + 1 prey-only steps",
    file: "src/algorithms/single.ts",
    find: '{ kind: "steps", count: steps }',
    replace: '{ kind: "steps", count: steps + 1 }',
  },
  {
    id: "predator-at-zero",
    what: "the predator starts at 0, not at θ₀",
    file: "src/algorithms/single.ts",
    find: "predator: (previous.prey as Float32Array).slice()",
    replace: "predator: new Float32Array((previous.prey as Float32Array).length)",
  },
  {
    id: "random-not-unit",
    what: "the random direction is not scaled to length 1",
    file: PP_CONN,
    find: "(x) => x / length",
    replace: "(x) => x",
  },
  {
    id: "fast-not-exchanged",
    what: "A and α_p are not exchanged in pp-conn-fast",
    file: ALGORITHMS,
    find: "A: h.alphaP, alphaP: h.A",
    replace: "A: h.A, alphaP: h.alphaP",
  },
];

const MODELS: readonly Mutant[] = [
  {
    id: "layer-norm-epsilon",
    what: "layer norm uses ε = 1e-3",
    file: "src/problem/transformer/block.ts",
    find: "normalise(x, config.layerNormEpsilon)",
    replace: "normalise(x, 1e-3)",
  },
  {
    id: "mask-off-by-one",
    what: "each position sees the next one too",
    file: SHARED,
    find: "halves.slice(0, first + q + 1)",
    replace: "halves.slice(0, first + q + 2)",
  },
  {
    id: "attention-unscaled",
    what: "attention scores are not divided by √d",
    file: SHARED,
    find: "tf.mul(tf.sum(products, 2), Math.sqrt(heads / width))",
    replace: "tf.sum(products, 2)",
  },
  {
    id: "symbols-exchanged",
    what: "the embeddings of 'op' and '=' are exchanged",
    file: SHARED,
    find: 'slot === "op" ? op : equals',
    replace: 'slot === "op" ? equals : op',
  },
  {
    id: "relu-identity",
    what: "the feed-forward layer of the transformer has no ReLU",
    file: "src/problem/transformer/block.ts",
    find: 'config.activation === "relu" ? tf.relu<tf.Tensor2D> : gelu',
    replace: 'config.activation === "relu" ? ((x: tf.Tensor2D) => x) : gelu',
  },
  {
    id: "relu-on-outputs",
    what: "the perceptron's last layer has a ReLU",
    file: "src/problem/mlp.ts",
    find: "if (i < depth - 1) h",
    replace: "if (i < depth) h",
  },
  {
    id: "embedding-std",
    what: "embeddings of div97 start with standard deviation 0.2, not 0.02",
    file: "bench/cases/div97.ts",
    find: "embeddingStd: 0.02,",
    replace: "embeddingStd: 0.2,",
  },
  {
    id: "xavier-bound",
    what: "Xavier's uniform bound is that of a standard deviation",
    file: "src/problem/transformer/config.ts",
    find: "Math.sqrt(6 / (fanIn + fanOut))",
    replace: "Math.sqrt(2 / (fanIn + fanOut))",
  },
  {
    id: "init-scale",
    what: "mnist1k starts at scale 7, not 8",
    file: "bench/cases/mnist1k.ts",
    find: "initScale: 8",
    replace: "initScale: 7",
  },
  {
    id: "loss-sum",
    what: "a batch's loss is the sum over its samples",
    file: "src/problem/batch.ts",
    find: "return tf.mean(objective.loss(outputs, batch.targets))",
    replace: "return tf.sum(objective.loss(outputs, batch.targets))",
  },
  {
    id: "mse-sum",
    what: "the squared error is summed over classes",
    file: "src/problem/objective.ts",
    find: "tf.mean(tf.square(tf.sub(outputs",
    replace: "tf.sum(tf.square(tf.sub(outputs",
  },
];

const DATA: readonly Mutant[] = [
  {
    id: "batch-size",
    what: "batches of 500, not 512",
    file: CASE,
    find: "batchSize: count(512,",
    replace: "batchSize: count(500,",
  },
  {
    id: "partial-batch",
    what: "the last partial batch of an epoch is kept",
    file: RUN,
    find: "Math.floor(train.size / config.batchSize)",
    replace: "Math.ceil(train.size / config.batchSize)",
  },
  {
    id: "no-reshuffle",
    what: "every epoch has the batches of the first",
    file: RUN,
    find: "`batches/${cursor.epoch}`",
    replace: '"batches/0"',
  },
  {
    id: "leak",
    what: "one training pair is among the test pairs",
    file: MODULAR,
    find: "order.subarray(half, 2 * half)",
    replace: "order.subarray(half - 1, 2 * half - 1)",
  },
  {
    id: "wrong-inverse",
    what: "the modular inverse is b^(p−1)",
    file: OPERATIONS,
    find: "let e = p - 2",
    replace: "let e = p - 1",
  },
  {
    id: "normalised-twice",
    what: "MNIST is divided by 255 twice",
    file: "src/data/mnist.ts",
    find: "image.values[i] / 255",
    replace: "image.values[i] / 255 / 255",
  },
  {
    id: "evaluates-predator",
    what: "the accuracies are those of the predator",
    file: "src/run/measure.ts",
    find: "await evaluator.score(prey)",
    replace: "await evaluator.score(predator ?? prey)",
  },
  {
    id: "evaluates-train",
    what: "the test accuracy is that on the training set",
    file: EVALUATOR,
    find: "test: await this.#scoreOf(this.#test)",
    replace: "test: await this.#scoreOf(this.#train)",
  },
  {
    id: "padding-counts",
    what: "padding of the last call counts in the evaluation",
    file: EVALUATOR,
    find: "start + i < split.size ? 1 : 0",
    replace: "1",
  },
  {
    id: "memorised-default",
    what: "memorised means 90 %, not 99 %",
    file: CASE,
    find: "memorisedAbove: fraction(0.99,",
    replace: "memorisedAbove: fraction(0.9,",
  },
];

/** What the first 39 to 68 steps cannot show, and the 224 of the canary `late` do. */
const LONG: readonly Mutant[] = [
  {
    id: "sparse-schedule",
    what: "evaluations grow by 10 %, not by 1 %",
    file: "src/run/schedule.ts",
    find: "const GROWTH = 1.01",
    replace: "const GROWTH = 1.1",
  },
  {
    id: "order-repeats",
    what: "the order of the batches repeats after 32 epochs",
    file: RUN,
    find: "`batches/${cursor.epoch}`",
    replace: "`batches/${cursor.epoch % 32}`",
  },
  {
    id: "correction-frozen",
    what: "the second correction stays what it is at step 100",
    file: TRANSFORM,
    find: "secondCorrection: 1 / (1 - beta2 ** t)",
    replace: "secondCorrection: 1 / (1 - beta2 ** Math.min(t, 100))",
  },
  {
    id: "decay-ends",
    what: "the weight decay ends after 100 steps",
    file: TRANSFORM,
    find: "    ...stateless,\n    update: (u, state, params) => ({\n" +
      "      update: weightDecay === 0 ? u : tf.add(u, tf.mul(params, weightDecay)),",
    replace: "    ...stateless,\n    clock: (t) => ({ decay: t > 100 ? 0 : weightDecay }),\n" +
      "    update: (u, state, params, { decay }) => ({\n" +
      "      update: weightDecay === 0 ? u : tf.add(u, tf.mul(params, decay)),",
  },
  {
    id: "clock-wraps",
    what: "t is kept in seven bits: the bias corrections start again every 128 steps",
    file: RUN,
    find: "phase.clock(cursor.t + 1)",
    replace: "phase.clock(cursor.t % 128 + 1)",
  },
];

/** Canaries do not generalise and have no threshold of their own. */
const LATE: readonly Mutant[] = [
  {
    id: "threshold-reached",
    what: "memorised at the threshold, not above it",
    file: RUN,
    find: "train.accuracy > config.memorisedAbove",
    replace: "train.accuracy >= config.memorisedAbove",
    late: true,
  },
  {
    id: "milestone-off-by-one",
    what: "the epoch of generalisation is one too late",
    file: RUN,
    find: "cursor.generalised = { epoch, steps, gradientCalls }",
    replace: "cursor.generalised = { epoch: epoch + 1, steps, gradientCalls }",
    late: true,
  },
  {
    id: "milestone-calls",
    what: "gradient calls to generalise are steps: a second gradient call is free",
    file: RUN,
    find: "cursor.generalised = { epoch, steps, gradientCalls }",
    replace: "cursor.generalised = { epoch, steps, gradientCalls: steps }",
    late: true,
  },
  {
    id: "steadiness-with-crossing",
    what: "the epoch of the crossing counts among those after it",
    file: "src/run/record/finish.ts",
    find: "cursor.generalisedRow + 1",
    replace: "cursor.generalisedRow",
    late: true,
  },
];

/** Every mutant; those that canaries cannot see last. */
export const mutants: readonly Mutant[] = [...OPTIMISER, ...HUNT, ...MODELS, ...DATA, ...LONG, ...LATE];

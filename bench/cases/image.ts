import { glyphs } from "../../src/data/glyphs.ts";
import { downloadMnist, loadMnist, mnistPresent, mnistReachable } from "../../src/data/mnist.ts";
import { mlp } from "../../src/problem/mlp.ts";
import { type Case, type CaseName, commonFields, type DataSource, defineCase } from "../../src/problem/case.ts";
import { type Config, count, withDefaults } from "../../src/declare/field.ts";

const fields = {
  trainSize: count(1000, "training images"),
  width: count(200, "units of a hidden layer"),
  hiddenLayers: count(2, "hidden layers", 0),
  ...commonFields,
};
type ImageConfig = Config<typeof fields>;

const PIXELS = 784;
const CLASSES = 10;

const glyphFields = { ...fields, testSize: count(10_000, "test images") };

/** What both families share. */
const perceptron = {
  family: "image",
  trainSize: ({ trainSize }: ImageConfig) => trainSize,
  loss: "mse" as const,
  model: ({ width, hiddenLayers }: ImageConfig) =>
    mlp({ sizes: [PIXELS, ...Array(hiddenLayers).fill(width), CLASSES], input: "pixels" }),
};

const MNIST: DataSource = {
  name: "MNIST",
  present: mnistPresent,
  reachable: mnistReachable,
  fetch: downloadMnist,
  verify: loadMnist,
};

/** A perceptron with scaled initialisation on MNIST, mean squared error. */
export function mnistCase(info: CaseName, defaults: Partial<ImageConfig>): Case {
  return defineCase(info, {
    ...perceptron,
    fields: withDefaults(fields, defaults),
    check: ({ trainSize }) => trainSize <= 60_000 ? null : `trainSize = ${trainSize}: MNIST has 60,000 training images`,
    dataset: ({ trainSize }) => loadMnist({ trainSize }),
    data: MNIST,
  });
}

/** The images are the same for every seed of a run, as MNIST's are. */
const GLYPHS_SEED = 0;

/** The same perceptron on digits drawn from strokes, which need no download. */
export function glyphsCase(info: CaseName, defaults: Partial<Config<typeof glyphFields>>): Case {
  return defineCase<typeof glyphFields>(info, {
    ...perceptron,
    fields: withDefaults(glyphFields, defaults),
    check: () => null,
    dataset: ({ trainSize, testSize }) => glyphs({ seed: GLYPHS_SEED, trainSize, testSize }),
  });
}

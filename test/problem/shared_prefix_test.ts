import { assertAlmostEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { stream } from "../../src/data/stream.ts";
import { startEngine } from "../../src/engine/mod.ts";
import { initialise, parameterCount, unflatten } from "../../src/algorithms/layout.ts";
import { crossEntropy } from "../../src/problem/objective.ts";
import { sequences, transformer, type TransformerConfig } from "../../src/problem/transformer/mod.ts";

const BATCH = 20;
const ELEMENTS = 7;

const base: Omit<TransformerConfig, "sharedPrefix"> = {
  dropout: 0,
  elements: ELEMENTS,
  dModel: 8,
  heads: 2,
  layers: 2,
  dFeedforward: 12,
  normPlacement: "pre",
  activation: "relu",
  sequence: sequences["a op b ="],
  layerNormEpsilon: 1e-5,
  embeddingStd: 1,
};

/** Logits, loss and gradient of one batch whose parameters are all drawn, biases and gains too. */
async function evaluate(config: TransformerConfig) {
  const model = transformer(config);
  const size = parameterCount(model.layout);
  const draws = stream(3, "test");
  const theta = initialise([{ name: "all", shape: [size], initial: { kind: "normal", std: 0.5 } }], draws);
  const residues = () => Int32Array.from({ length: BATCH }, () => draws.integer(ELEMENTS));
  const int32 = { shape: [BATCH], dtype: "int32" } as const;
  const program = await (await startEngine("onnx")).compile({
    state: { theta: { shape: [size], dtype: "float32" } },
    inputs: { a: int32, b: int32, targets: int32 },
    body: ({ theta, targets, ...pair }) => {
      const logits = (p: tf.Tensor) => model.forward(unflatten(p as tf.Tensor1D, model.layout), pair);
      const objective = (p: tf.Tensor) => tf.mean(crossEntropy(logits(p), targets as tf.Tensor1D)) as tf.Scalar;
      const { value, grad } = tf.valueAndGrad(objective)(theta);
      return { loss: value, gradient: grad, logits: logits(theta) };
    },
  });
  program.load({ theta });
  return program.run({ a: residues(), b: residues(), targets: residues() });
}

for (const [form, sequence] of Object.entries(sequences)) {
  for (const normPlacement of ["pre", "post"] as const) {
    for (const [layers, activation] of [[1, "gelu"], [2, "relu"], [3, "relu"]] as const) {
      Deno.test(`shared prefixes change nothing: "${form}", ${normPlacement}-norm, ${layers} layers, ${activation}`, async () => {
        const config = { ...base, sequence, normPlacement, layers, activation };
        const plain = await evaluate({ ...config, sharedPrefix: false });
        const shared = await evaluate({ ...config, sharedPrefix: true });
        for (const name of ["loss", "logits", "gradient"]) {
          // The same sums in another order: float32 rounding through a few layers, see golden_test.ts.
          const expected = Array.from(plain[name]);
          const scale = Math.max(...expected.map(Math.abs));
          expected.forEach((x, i) => assertAlmostEquals(shared[name][i], x, 2e-5 * scale, `${name}[${i}]`));
        }
      });
    }
  }
}

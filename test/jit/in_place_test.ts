import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { overwritable, type Tensors, trace } from "../../src/jit/mod.ts";
import { startOnnx } from "../../src/engine/onnx.ts";

const vector = { shape: [4], dtype: "float32" } as const;

interface Program {
  readonly what: string;
  readonly may: boolean;
  readonly body: (given: Tensors) => Record<string, tf.Tensor>;
}

/** State x, input g: may x be written where it is read? */
const PROGRAMS: readonly Program[] = [
  { what: "an update after all readers", may: true, body: ({ x, g }) => ({ x: tf.sub(x, tf.mul(g, x)) }) },
  { what: "an update that does not read it itself", may: true, body: ({ x, g }) => ({ x: tf.add(tf.sin(x), g) }) },
  { what: "a reader that may run later", may: false, body: ({ x, g }) => ({ x: tf.sub(x, g), y: tf.sin(x) }) },
  { what: "a reader of the new value", may: true, body: ({ x, g }) => ((v) => ({ x: v, y: tf.sin(v) }))(tf.sub(x, g)) },
  { what: "the old value as an output", may: false, body: ({ x, g }) => ({ x: tf.sub(x, g), old: x }) },
  {
    what: "a writer that is not elementwise",
    may: false,
    body: ({ x, g }) => ({ x: tf.concat(tf.split(tf.add(x, g), 2).reverse()) }),
  },
  { what: "a value that passes through", may: false, body: ({ x, g }) => ({ x, y: tf.add(x, g) }) },
  { what: "an input in its place", may: false, body: ({ x, g }) => ({ x: g, y: tf.sin(x) }) },
];

for (const { what, may, body } of PROGRAMS) {
  Deno.test(`state with ${what} ${may ? "may" : "may not"} be written in place`, () => {
    assertEquals(overwritable(trace(body, { x: vector, g: vector }), "x"), may);
  });

  Deno.test(`state with ${what} has the values of an eager run, step after step`, async () => {
    const engine = await startOnnx();
    const program = await engine.compile({ state: { x: vector }, inputs: { g: vector }, body });
    program.load({ x: Float32Array.of(1, -2, 3, 0.5) });
    let x: tf.Tensor = tf.tensor1d([1, -2, 3, 0.5]);
    for (let step = 1; step <= 4; step++) {
      const g = Float32Array.of(0.1, step, -1, 0.25);
      const results = await program.run({ g });
      const { x: next, ...eager } = body({ x, g: tf.tensor1d(g.slice()) });
      for (const [name, tensor] of Object.entries(eager)) close(results[name], tensor);
      close((await program.state()).x, x = next);
    }
    await program.dispose();
  });
}

/** A few elementwise float32 operations: sin of two libraries may differ in the last place. */
function close(actual: ArrayLike<number>, expected: tf.Tensor): void {
  const rounded = (x: ArrayLike<number>) => Array.from(x, (v) => Number(v.toFixed(5)));
  assertEquals(rounded(actual), rounded(expected.dataSync()));
}

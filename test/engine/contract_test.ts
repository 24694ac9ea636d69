import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { type ProgramSpec, startEngine } from "../../src/engine/mod.ts";
import { forEveryEngine } from "../support/engines.ts";

const vector = { shape: [3], dtype: "float32" } as const;

/** x ← x + s·g; k is untouched; gives Σx before the step and the index of the largest g. */
const spec: ProgramSpec = {
  state: { x: vector, k: vector },
  inputs: { g: vector, s: { shape: [], dtype: "float32" } },
  body: ({ x, k, g, s }) => ({
    x: tf.add(x, tf.mul(g, s)),
    k,
    total: tf.sum(tf.mul(x, k)),
    largest: tf.argMax(g),
  }),
};

forEveryEngine((id) => {
  Deno.test(`${id}: keeps state between calls, leaves the rest alone, and gives results`, async () => {
    const program = await (await startEngine(id)).compile(spec);
    const given = { x: Float32Array.of(1, 2, 3), k: Float32Array.of(1, 1, 1) };
    program.load(given);
    const g = Float32Array.of(1, 0, -4);
    assertEquals([...(await program.run({ g, s: Float32Array.of(0.5) })).total], [6]);
    const second = await program.run({ g, s: Float32Array.of(1) });
    assertEquals([second.total[0], second.largest[0]], [4.5, 0]);
    const { x, k } = await program.state();
    assertEquals([[...x], [...k]], [[2.5, 2, -3], [1, 1, 1]]);
    // What was loaded is the caller's: it is neither kept nor changed.
    assertEquals([...given.x], [1, 2, 3]);
    given.x[0] = 99;
    assertEquals((await program.state()).x[0], 2.5);
    program.load({ x: Float32Array.of(0, 0, 1), k: Float32Array.of(2, 2, 2) });
    assertAlmostEquals((await program.run({ g, s: Float32Array.of(1) })).total[0], 2);
    await program.dispose();
  });

  Deno.test(`${id}: leaves the event loop alive while it runs, so that a run can be stopped`, async () => {
    const program = await (await startEngine(id)).compile(spec);
    program.load({ x: new Float32Array(3), k: new Float32Array(3) });
    let heard = false;
    setTimeout(() => heard = true, 0);
    // For an engine that never lets go; however slow a machine, the timer is heard after a few runs.
    const deadline = performance.now() + 60_000;
    while (!heard && performance.now() < deadline) {
      await program.run({ g: new Float32Array(3), s: Float32Array.of(1) });
    }
    assertEquals(heard, true);
    await program.dispose();
  });
});

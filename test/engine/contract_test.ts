import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
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

/** What a body may do with names: state a and b and an input g; the same on plain arrays, which share nothing. */
interface Naming {
  readonly what: string;
  readonly body: ProgramSpec["body"];
  readonly plain: (a: number[], b: number[], g: number[]) => Record<string, number[]>;
}

const add = (x: number[], y: number[]) => x.map((v, i) => v + y[i]);
const shared = (sum: tf.Tensor, names: string[]) => Object.fromEntries(names.map((name) => [name, sum]));

const NAMINGS: readonly Naming[] = [
  { what: "nothing that changes", body: ({ a, b }) => ({ a, b }), plain: (a, b) => ({ a, b }) },
  {
    what: "state that is passed on unchanged",
    body: ({ a, b, g }) => ({ a, b: tf.add(b, g), y: tf.add(a, b) }),
    plain: (a, b, g) => ({ a, b: add(b, g), y: add(a, b) }),
  },
  {
    what: "state that is swapped",
    body: ({ a, b, g }) => ({ a: b, b: a, y: tf.add(a, g) }),
    plain: (a, b, g) => ({ a: b, b: a, y: add(a, g) }),
  },
  {
    what: "state whose old value takes another's place",
    body: ({ a, b, g }) => ({ a: tf.add(a, g), b: a, y: tf.add(b, g) }),
    plain: (a, b, g) => ({ a: add(a, g), b: a, y: add(b, g) }),
  },
  {
    what: "state that is swapped and moves on",
    body: ({ a, b, g }) => ({ a: tf.add(b, g), b: tf.sub(a, g) }),
    plain: (a, b, g) => ({ a: add(b, g), b: add(a, g.map((v) => -v)) }),
  },
  {
    what: "one tensor under two names of the state",
    body: ({ a, b, g }) => shared(tf.add(tf.add(a, b), g), ["a", "b"]),
    plain: (a, b, g) => ({ a: add(add(a, b), g), b: add(add(a, b), g) }),
  },
  {
    what: "one tensor under two names that part again",
    body: ({ a, b, g }) => ({ a: b, b: tf.add(a, g) }),
    plain: (a, b, g) => ({ a: b, b: add(a, g) }),
  },
  {
    what: "the new value of a state as a result",
    body: ({ a, b, g }) => ({ ...shared(tf.add(a, g), ["a", "y"]), b }),
    plain: (a, b, g) => ({ a: add(a, g), b, y: add(a, g) }),
  },
  {
    what: "the old value of a state as a result",
    body: ({ a, b, g }) => ({ a: tf.add(a, g), b, y: a, z: b }),
    plain: (a, b, g) => ({ a: add(a, g), b, y: a, z: b }),
  },
  {
    what: "one tensor as two results",
    body: ({ a, b, g }) => ({ a, b, ...shared(tf.add(a, g), ["y", "z"]) }),
    plain: (a, b, g) => ({ a, b, y: add(a, g), z: add(a, g) }),
  },
  {
    what: "an input as state and as a result",
    body: ({ a, b, g }) => ({ a: g, b: tf.add(a, b), y: g, g }),
    plain: (a, b, g) => ({ a: g, b: add(a, b), y: g, g }),
  },
  {
    what: "a view of one state as another",
    body: ({ a, b, g }) => ({ a: tf.reshape(b, [3]), b: tf.add(tf.reshape(a, [3]), g), y: b }),
    plain: (a, b, g) => ({ a: b, b: add(a, g), y: b }),
  },
];

forEveryEngine((id) => {
  const compile = async (body: ProgramSpec["body"]) =>
    await (await startEngine(id)).compile({ state: { a: vector, b: vector }, inputs: { g: vector }, body });

  for (const { what, body, plain } of NAMINGS) {
    Deno.test(`${id}: ${what} means the same as on every engine, step after step`, async () => {
      const program = await compile(body);
      // Twice: what is loaded anew must not meet what was left.
      for (const start of [1, 10]) {
        let [a, b] = [[start, 2, 3], [-1, start, 0.5]];
        program.load({ a: Float32Array.from(a), b: Float32Array.from(b) });
        for (let step = 1; step <= 3; step++) {
          const g = [step, 0.25, -step];
          const { a: nextA, b: nextB, ...expected } = plain(a, b, g);
          const results = await program.run({ g: Float32Array.from(g) });
          assertEquals(Object.fromEntries(Object.entries(results).map(([name, x]) => [name, [...x]])), expected);
          const state = await program.state();
          assertEquals([[...state.a], [...state.b]], [nextA, nextB]);
          [a, b] = [nextA, nextB];
        }
      }
      await program.dispose();
    });
  }

  Deno.test(`${id}: keeps no tensor of a step that is over, whatever names it went by`, async () => {
    for (const { body } of NAMINGS) {
      const program = await compile(body);
      const g = new Float32Array(3);
      program.load({ a: new Float32Array(3), b: new Float32Array(3) });
      await program.run({ g });
      const { numTensors } = tf.memory();
      for (let step = 0; step < 5; step++) await program.run({ g });
      assertEquals(tf.memory().numTensors, numTensors);
      await program.dispose();
    }
  });

  Deno.test(`${id}: refuses state that changes its shape or type, and results that are no numbers`, async () => {
    const wrong: [ProgramSpec["body"], string][] = [
      [({ a, b }) => ({ a: tf.reshape(a, [3, 1]), b }), "state 'a' had shape [3], got [3,1]"],
      [({ a, b }) => ({ a, b: tf.cast(b, "int32") }), "state 'b' was float32, got int32"],
      [({ a, b }) => ({ a, b, y: tf.greater(a, b) }), "result 'y' is bool; cast it to float32 or int32"],
    ];
    for (const [body, message] of wrong) {
      await assertRejects(
        async () => {
          const program = await compile(body);
          program.load({ a: new Float32Array(3), b: new Float32Array(3) });
          await program.run({ g: new Float32Array(3) });
        },
        Error,
        message,
      );
    }
  });
});

import { METHODS } from "../../bench/profiles/methods.ts";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { type Stream, stream } from "../../src/data/stream.ts";
import { type Program, type ProgramSpec, startEngine, type Tensors } from "../../src/engine/mod.ts";
import { arrange } from "../../src/jit/compile/arrange.ts";
import { tracedProgram } from "../../src/jit/compile/traced.ts";
import { divide, type Graph, planOf, trace, type Value } from "../../src/jit/mod.ts";
import { catalogue } from "../../bench/mod.ts";
import { stepProgram } from "../../src/run/programs.ts";
import { leaves, type Tree, treeOf } from "../../src/algorithms/tree.ts";
import { trialOf } from "../support/runs.ts";
import { runGraph } from "./compare.ts";

const float = (...shape: number[]) => ({ shape, dtype: "float32" } as const);
const draws = (source: Stream, size: number) => Float32Array.from({ length: size }, () => source.normal());

/** A program of vectors: state x and y, inputs a and b, a number s, and g, a product that no sweep can make. */
type Body = (given: Record<"x" | "y" | "a" | "b" | "g" | "s", tf.Tensor>) => Tensors;

const specOf = (size: number, body: Body): ProgramSpec => ({
  state: { x: float(size), y: float(size) },
  inputs: { a: float(size), b: float(size), s: float(), column: float(size, 1), row: float(1, 1) },
  body: ({ column, row, ...given }) => body({ ...given, g: tf.reshape(tf.matMul(column, row), [size]) } as never),
});

const drawn = (source: Stream, size: number) => ({
  a: draws(source, size),
  b: draws(source, size),
  s: draws(source, 1),
  column: draws(source, size),
  row: draws(source, 1),
});

const tracedOf = ({ body, state, inputs }: ProgramSpec): Graph => trace(body, { ...state, ...inputs });

/** Every operator that a sweep knows, as an update of x; the front makes g, so no one of them is left to it. */
const OPERATORS: Record<string, Body> = {
  Abs: ({ x, g }) => ({ x: tf.abs(tf.sub(x, g)) }),
  "Add and a number": ({ x, g, s }) => ({ x: tf.add(tf.add(x, g), s) }),
  "And, Or, Not": ({ x, y, a, b }) => {
    const [left, right] = [tf.greater(x, a), tf.less(y, b)];
    const either = tf.logicalOr(tf.logicalNot(left), right);
    return { x: tf.where(tf.logicalAnd(left, either), x, y) };
  },
  Cast: ({ x, a }) => ({ x: tf.add(x, tf.cast(tf.greaterEqual(a, 0), "float32")) }),
  "Div, by 0 too": ({ x, a }) => ({ x: tf.div(x, tf.mul(a, tf.cast(tf.greater(a, 0), "float32"))) }),
  "Equal, LessOrEqual": ({ x, y, a }) => ({
    x: tf.where(tf.equal(x, a), y, tf.where(tf.lessEqual(x, a), tf.mul(x, 2), x)),
  }),
  Expand: ({ x, s }) => ({ x: tf.add(tf.mul(x, 0.5), tf.mul(tf.onesLike(x), s)) }),
  "Max, Min": ({ x, g, s }) => ({ x: tf.maximum(tf.minimum(x, g), s) }),
  "Mul, Sub, Neg": ({ x, y, g }) => ({ x: tf.neg(tf.sub(tf.mul(x, g), y)) }),
  Reciprocal: ({ x, g }) => ({ x: tf.reciprocal(tf.add(x, g)) }),
  Relu: ({ x, g }) => ({ x: tf.relu(tf.sub(x, g)) }),
  Sign: ({ x, g }) => ({ x: tf.add(x, tf.sign(tf.sub(g, x))) }),
  "Sqrt, NaN below 0": ({ x, g }) => ({ x: tf.sqrt(tf.add(x, g)) }),
  "a number that is a bool": ({ x, y, s }) => ({
    x: tf.add(x, tf.mul(y, tf.cast(tf.logicalAnd(tf.greater(tf.sum(x), s), tf.less(s, 9)), "float32"))),
  }),
};

Deno.test("every operator of a sweep gives bit for bit what it gives in the graph, whatever the length", async (t) => {
  const engine = await startEngine("onnx");
  for (const [what, body] of Object.entries(OPERATORS)) {
    await t.step(what, async () => {
      for (const size of [2, 3, 4, 5, 63, 64, 1001]) {
        const source = stream(size, what);
        const spec = specOf(size, body);
        const graph = tracedOf(spec);
        assert(divide(graph, ["x", "y"]).sweep!.outputs.some(({ name }) => name === "x"), "x is no part of the sweep");
        const state = { x: draws(source, size), y: draws(source, size) };
        const inputs = drawn(source, size);
        const given = { ...state, ...inputs };
        const tensors = Object.entries({ ...spec.state, ...spec.inputs }).map(([name, { shape, dtype }]) =>
          [name, { shape, dtype, data: [...given[name as keyof typeof given]] }] as const
        );
        const expected = await runGraph(graph, Object.fromEntries(tensors));
        const program = await engine.compile(spec);
        program.load(state);
        await program.run(inputs);
        assertEquals([...(await program.state()).x], expected.x.data);
        await program.dispose();
      }
    });
  }
});

const REDUCTIONS: Record<string, { of: (x: tf.Tensor) => tf.Tensor; plain: (x: number[]) => number }> = {
  sum: { of: tf.sum, plain: (x) => x.reduce((a, b) => a + b, 0) },
  mean: { of: tf.mean, plain: (x) => x.reduce((a, b) => a + b, 0) / x.length },
  max: { of: tf.max, plain: (x) => Math.max(...x) },
  min: { of: tf.min, plain: (x) => Math.min(...x) },
};

Deno.test("reductions of a sweep are those of float64, rounded once", async () => {
  const engine = await startEngine("onnx");
  for (const [what, { of, plain }] of Object.entries(REDUCTIONS)) {
    for (const size of [2, 3, 4, 5, 64, 1001, 100_003]) {
      const source = stream(size, what);
      const x = draws(source, size);
      const program = await engine.compile(specOf(size, ({ x, g }) => ({ x: tf.add(x, g), y: x, result: of(x) })));
      program.load({ x, y: x });
      const { result } = await program.run(drawn(source, size));
      // The order differs from that of the sum here, which float64 does not show in a float32.
      assertEquals(result[0], Math.fround(plain([...x])));
      await program.dispose();
    }
  }
});

/** A program drawn at random: what a sweep can do, and now and then what it cannot, in any order and of any depth. */
function randomBody(source: Stream): Body {
  const isHard = source.uniform() < 0.2;
  const any = <T>(from: readonly T[]): T => from[Math.floor(source.uniform() * from.length)];
  const binary = [tf.add, tf.sub, (p: tf.Tensor, q: tf.Tensor) => tf.mul(p, tf.mul(q, 0.5)), tf.maximum, tf.minimum];
  const unary = [
    tf.abs,
    tf.neg,
    (p: tf.Tensor) => tf.sqrt(tf.abs(p)),
    (p: tf.Tensor) => tf.div(p, tf.add(tf.square(p), 1)),
  ];
  const kinds = Array.from({ length: 4 + Math.floor(source.uniform() * 20) }, () => ({
    // A product is no part of a sweep: what it needs has to come before.
    kind: any(["binary", "binary", "unary", "reduce", "scale", "scale", "choose", ...isHard ? ["product"] : []]),
    picks: [source.uniform(), source.uniform(), source.uniform()],
    apply: [any(binary), any(unary), any([tf.mean, tf.max, tf.min])] as const,
  }));
  const ends = Array.from({ length: 5 }, () => source.uniform());
  return ({ x, y, a, b, g, s }) => {
    const [vectors, numbers] = [[x, y, a, g], [s]];
    // Rather what came last: that makes programs deep.
    const at = <T>(from: readonly T[], u: number): T => from[Math.floor(Math.sqrt(u) * from.length)];
    for (const { kind, picks: [u, v, w], apply: [two, one, reduce] } of kinds) {
      if (kind === "binary") vectors.push(two(at(vectors, u), at(vectors, v)));
      if (kind === "unary") vectors.push((one as typeof tf.abs)(at(vectors, u)));
      if (kind === "reduce") numbers.push((reduce as typeof tf.mean)(at(vectors, u)));
      if (kind === "scale") vectors.push(tf.div(at(vectors, u), tf.add(tf.abs(numbers.at(v < 0.7 ? -1 : 0)!), 1)));
      if (kind === "product") vectors.push(tf.tanh(at(vectors, u)));
      // Only of what is given: else one engine might choose otherwise than another.
      if (kind === "choose") vectors.push(tf.where(tf.greater(a, b), at(vectors, u), at(vectors, w)));
    }
    const [p, q, r] = ends.map((u) => at(vectors, u));
    return { x: tf.div(p, 2), y: at([q, x, y], ends[3]), result: r, number: at(numbers, ends[4]) };
  };
}

async function follow(program: Program, size: number, seed: number) {
  const source = stream(seed, "follow");
  const seen: number[][] = [];
  program.load({ x: draws(source, size), y: draws(source, size) });
  for (let step = 0; step < 4; step++) {
    const results = await program.run(drawn(source, size));
    seen.push([...results.result], [...results.number]);
    const { x, y } = await program.state();
    seen.push([...x], [...y]);
  }
  await program.dispose();
  return seen;
}

Deno.test("programs drawn at random mean with a sweep what they mean without", async () => {
  const [compiled, eager] = [await startEngine("onnx"), await startEngine("cpu")];
  let [stages, doubled, room] = [0, 0, 0];
  for (let seed = 0; seed < 150; seed++) {
    const size = 2 + seed % 11;
    const spec = specOf(size, randomBody(stream(seed, "program")));
    const { sweep } = divide(tracedOf(spec), ["x", "y"]);
    const plan = sweep && planOf(sweep, ["x", "y"]);
    stages = Math.max(stages, plan?.stages.length ?? 0);
    doubled += plan?.doubled.length ?? 0;
    room += [...plan?.places.keys() ?? []].filter((place) => place.startsWith("room/")).length;
    const [found, expected] = [
      await follow(await compiled.compile(spec), size, seed),
      await follow(await eager.compile(spec), size, seed),
    ];
    expected.forEach((row, i) =>
      row.forEach((value, j) => {
        const tolerance = 1e-4 * Math.max(1, ...row.map(Math.abs));
        assertAlmostEquals(found[i][j], value, tolerance, `program ${seed}, row ${i}, element ${j}`);
      })
    );
  }
  // The programs did meet what makes a sweep hard.
  assert(stages >= 4 && doubled > 0 && room > 0, `${stages} stages, ${doubled} doubled, ${room} rooms`);
});

/** Programs that were wrong once. */
const TRAPS: Record<string, Body> = {
  "a number that the front hands on in another shape": ({ x, g }) => {
    const row = tf.reshape(g, [1, -1]);
    const product = tf.matMul(row, row, false, true);
    const scale = tf.reshape(product, []);
    const taken = tf.sum(tf.matMul(tf.mul(row, scale), row, false, true));
    return { x: tf.sub(x, tf.mul(scale, 0.1)), number: taken, result: tf.mul(g, 1) };
  },
  "a sum of a constant": ({ x, g }) => ({
    x: tf.add(x, tf.mul(g, tf.sum(tf.onesLike(x)))),
    number: tf.mean(tf.fill(x.shape, 2)),
  }),
  "a chain of some thousand operations": ({ x, g }) => {
    for (let i = 0; i < 4000; i++) x = tf.add(tf.mul(x, 0.999), g);
    return { x };
  },
};

Deno.test("programs that were wrong once are right", async (t) => {
  const [compiled, eager] = [await startEngine("onnx"), await startEngine("cpu")];
  for (const [what, body] of Object.entries(TRAPS)) {
    await t.step(what, async () => {
      const size = 5;
      const spec = specOf(size, body);
      const [source, seen] = [stream(0, what), [] as number[][]];
      const [state, inputs] = [{ x: draws(source, size), y: draws(source, size) }, drawn(source, size)];
      for (const engine of [compiled, eager]) {
        const program = await engine.compile({ ...spec, body: (given) => ({ y: given.y, ...spec.body(given) }) });
        program.load(state);
        const results = await program.run(inputs);
        seen.push([...(await program.state()).x, ...Object.values(results).flatMap((array) => [...array])]);
        await program.dispose();
      }
      const [found, expected] = seen;
      expected.forEach((value, i) => assertAlmostEquals(found[i], value, 1e-4 * Math.max(1, Math.abs(value)), what));
    });
  }
});

Deno.test("what comes before something else stays in the graph", () => {
  const spec = specOf(8, ({ x, y, g }) => {
    // As in SAM: a perturbed vector goes into a product before it comes back.
    const perturbed = tf.add(x, tf.div(g, tf.add(tf.norm(g), 1e-12)));
    const product = tf.reshape(tf.matMul(tf.reshape(perturbed, [8, 1]), tf.reshape(tf.slice(y, [0], [1]), [1, 1])), [
      8,
    ]);
    return { x: tf.sub(x, tf.mul(product, 0.1)) };
  });
  const { front, sweep } = divide(tracedOf(spec), ["x", "y"]);
  assertEquals(sweep!.nodes.map(({ op }) => op), ["Mul", "Sub"]);
  assert(front.nodes.some(({ op }) => op === "Div"));
});

/** Passes over memory that a step of each method takes, by phase; others may treat matrices apart, or keep a window of gradients. */
Deno.test("the methods of the paper renew their whole state in a sweep, in place, in as few passes as they can", async () => {
  for (const algorithm of catalogue.algorithms.filter(({ id }) => METHODS.includes(id))) {
    const trial = trialOf("tiny-glyphs", algorithm.id);
    const problem = await trial.case.prepare(trial.config, 0);
    let state: Tree<Float32Array> = { prey: problem.theta0 };
    for (const phase of trial.algorithm.phases(trial.hyper, problem.model.layout)) {
      state = phase.enter(state, stream(0, "direction"));
      const spec = stepProgram(problem, phase, treeOf(leaves(state)), trial.config.batchSize);
      const names = Object.keys(spec.state);
      const graph = tracedOf(spec);
      const { front, sweep } = divide(graph, names);
      const plan = planOf(sweep!, names);
      const who = `${algorithm.id} ${phase.id}`;
      const renewed = graph.outputs.filter(({ name, value }) => names.includes(name) && value.producer);
      assertEquals(plan.doubled, [], `${who}: doubled`);
      assertEquals(
        renewed.filter(({ name }) => front.outputs.some((o) => o.name === name)),
        [],
        `${who}: in the front`,
      );
      assertEquals([...plan.places.keys()].filter((place) => place.startsWith("room/")), [], `${who}: more room`);
      const passes = plan.stages.flatMap(({ loops }) => loops).length;
      assertEquals(passes, phase.id === "hunt" ? 2 : 1, `${who}: passes`);
      const whole = ({ shape }: Value) => shape.length === 1 && shape[0] === problem.theta0.length;
      const handled = arrange(tracedProgram(spec, null)).front.nodes.filter(({ inputs, outputs }) =>
        [...inputs, ...outputs].some((value) => value && whole(value))
      );
      assertEquals(handled.map(({ op }) => op), [], `${who}: whole vectors that are cut up or put together`);
    }
  }
});

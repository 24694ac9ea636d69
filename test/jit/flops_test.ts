import { assert, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { flopsOf, type Graph, normalise, trace, TraceError, vmap } from "../../src/jit/mod.ts";
import { flopsOfStep } from "../../src/run/flops.ts";
import { catalogue, trialOf } from "../support/runs.ts";
import type { Case, Given } from "./case.ts";
import { programOf, specsOf } from "./compare.ts";
import { elementwise } from "./elementwise_cases.ts";
import { linear } from "./linear_cases.ts";
import { peepholes } from "./peephole_cases.ts";
import { reduction } from "./reduction_cases.ts";
import { structure } from "./structure_cases.ts";

const SPECS = {
  x: { shape: [4, 3], dtype: "float32" },
  w: { shape: [3, 5], dtype: "float32" },
  b: { shape: [5], dtype: "float32" },
  rows: { shape: [6, 3], dtype: "float32" },
  cube: { shape: [2, 4, 3], dtype: "float32" },
  at: { shape: [6], dtype: "int32" },
} as const;

const graphOf = (body: (given: Given) => tf.Tensor): Graph => trace((given) => ({ y: body(given) }), SPECS);

/** Programs and what they cost, by hand. */
const COSTS: [what: string, body: (given: Given) => tf.Tensor, flops: number][] = [
  [
    "a perceptron: product 2·4·3·5, bias 4·5, relu 4·5, mean of 4·5",
    ({ x, w, b }) => tf.mean(tf.relu(tf.add(tf.matMul(x, w), b))),
    120 + 20 + 20 + 20,
  ],
  ["a product of a transposed matrix, [3, 4] × [4, 3]", ({ x }) => tf.matMul(x, x, true), 2 * 3 * 4 * 3],
  ["a product with a transposed matrix, [4, 3] × [3, 4]", ({ x }) => tf.matMul(x, x, false, true), 2 * 4 * 3 * 4],
  ["two products [4, 3] × [3, 4]", ({ cube }) => tf.matMul(cube, cube, false, true), 2 * 2 * 4 * 3 * 4],
  ["a softmax: 5 an element", ({ x }) => tf.softmax(x), 5 * 12],
  ["a logarithm of a softmax, traced in parts: 5 an element and 4 logarithms", ({ x }) => tf.logSoftmax(x), 5 * 12 + 4],
  ["a layer normalisation: 6 an element", ({ x }) => normalise(x, 1e-5), 6 * 12],
  ["a transcendental function: 1 an element", ({ x }) => tf.tanh(x), 12],
  ["a comparison and a choice, which broadcast", ({ x }) => tf.where(tf.greater(x, 0), x, 1), 12 + 12],
  ["a reduction: 1 for each element that is read", ({ x }) => tf.max(x, 1), 12],
  ["the place of a maximum, though it is int64", ({ x }) => tf.argMax(x, 1), 12],
  [
    "a sum into places: 6·3 additions; each place is held against 0, chosen and held against the last",
    ({ rows, at }) => tf.unsortedSegmentSum(rows, at, 4),
    6 * 3 + 3 * 6,
  ],
  ["moves", ({ x, at }) => tf.pad(tf.transpose(tf.reshape(tf.gather(x, at), [9, 2])), [[1, 1], [0, 0]]), 0],
];

for (const [what, body, flops] of COSTS) {
  Deno.test(`${what}: ${flops} operations`, () => assertEquals(flopsOf(graphOf(body)), flops));
}

Deno.test("what is computed twice is counted once, as it is traced", () => {
  assertEquals(flopsOf(graphOf(({ x }) => tf.mul(tf.exp(x), tf.exp(x)))), 2 * 12);
});

Deno.test("arithmetic of int64 is free: lanes cost their number times what one costs", () => {
  const graph = graphOf(({ rows, at }) => tf.exp(tf.unsortedSegmentSum(rows, at, 4)));
  const wide = vmap(graph, { count: 7 });
  assert(wide.nodes.some(({ op, outputs: [{ dtype }] }) => op === "Add" && dtype === "int64"));
  assertEquals(flopsOf(wide), 7 * flopsOf(graph));
});

Deno.test("an operator without a rule is refused by its name", () => {
  const graph = graphOf(({ x }) => tf.exp(x));
  for (const op of ["Gelu", "toString"]) {
    const unknown = { ...graph, nodes: [{ ...graph.nodes[0], op }] };
    const says = `flops: operator '${op}' has no rule; add one in src/jit/flops.ts`;
    assertThrows(() => flopsOf(unknown), TraceError, says);
  }
});

Deno.test("every operator that a kernel is traced to has a rule", () => {
  const cases: Case[] = [...elementwise, ...linear, ...peepholes, ...reduction, ...structure];
  for (const each of cases) {
    const { program, inputs } = programOf(each);
    assert(flopsOf(trace(program, specsOf(inputs))) >= 0, each.name);
  }
});

for (const caseId of ["tiny-div", "tiny-glyphs"]) {
  Deno.test(`${caseId}: every operator of every phase of every algorithm has a rule`, async () => {
    for (const { id } of catalogue.algorithms) {
      const trial = trialOf(caseId, id);
      const { algorithm, hyper } = trial;
      const problem = await trial.case.prepare(trial.config, 0);
      const phases = algorithm.phases(hyper, problem.model.layout);
      // With the phases after it left out, each is the last one.
      phases.forEach((_, i) => {
        const upTo = { ...algorithm, phases: () => phases.slice(0, i + 1) };
        assert(flopsOfStep({ ...trial, algorithm: upTo }, problem) > 0, `${id}, phase ${i}`);
      });
    }
  });
}

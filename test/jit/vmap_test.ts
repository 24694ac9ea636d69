import { assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { type Graph, trace, TraceError, vmap, vmappedOperators } from "../../src/jit/mod.ts";
import type { Case } from "./case.ts";
import { assertSame, draw, type HostTensor, programOf, runGraph, specsOf, TOLERANCE } from "./compare.ts";
import { elementwise } from "./elementwise_cases.ts";
import { linear } from "./linear_cases.ts";
import { peepholes } from "./peephole_cases.ts";
import { reduction } from "./reduction_cases.ts";
import { structure } from "./structure_cases.ts";

const COUNT = 3;
const FAMILIES: Record<string, readonly Case[]> = { elementwise, reduction, linear, structure, peepholes };

type HostTensors = Record<string, HostTensor>;

/** Tensors of all lanes as one. */
const stacked = (tensors: readonly HostTensor[]): HostTensor => ({
  shape: [tensors.length, ...tensors[0].shape],
  dtype: tensors[0].dtype,
  data: tensors.flatMap(({ data }) => [...data]),
});

function unstacked({ shape: [k, ...shape], dtype, data }: HostTensor): HostTensor[] {
  const size = data.length / k;
  return Array.from({ length: k }, (_, lane) => ({ shape, dtype, data: data.slice(lane * size, (lane + 1) * size) }));
}

/** Asserts that every lane gives what the single graph gives for its inputs, the inputs `shared` being those of lane 0. */
async function checkLanes(each: Case, graph: Graph, inputs: Case["inputs"], shared: readonly string[]): Promise<void> {
  const { name, tolerance = TOLERANCE } = each;
  const drawn = Array.from({ length: COUNT }, (_, lane) => draw(`${name}/lane ${lane}`, inputs));
  const lanes = drawn.map((given): HostTensors =>
    Object.fromEntries(Object.keys(inputs).map((key) => [key, shared.includes(key) ? drawn[0][key] : given[key]]))
  );
  const wide = Object.fromEntries(
    Object.keys(inputs).map((
      key,
    ) => [key, shared.includes(key) ? drawn[0][key] : stacked(lanes.map((lane) => lane[key]))]),
  );
  // What a graph does not read, a model does not take.
  const takenBy = ({ inputs: taken }: Graph, given: HostTensors) =>
    Object.fromEntries(Object.entries(given).filter(([key]) => taken.some(({ input }) => input === key)));
  const found = await runGraph(...withTaken(vmap(graph, { count: COUNT, shared }), wide, takenBy));
  for (const [lane, given] of lanes.entries()) {
    const expected = await runGraph(...withTaken(graph, given, takenBy));
    for (const key of Object.keys(expected)) {
      const what = `${name}: ${key} of lane ${lane}, shared: ${shared.join() || "none"}`;
      assertSame(unstacked(found[key])[lane], expected[key], tolerance, what);
    }
  }
}

const withTaken = (graph: Graph, given: HostTensors, takenBy: (g: Graph, h: HostTensors) => HostTensors) =>
  [graph, takenBy(graph, given)] as const;

const met = new Set<string>();

for (const [family, cases] of Object.entries(FAMILIES)) {
  for (const each of cases) {
    Deno.test(`${family}: ${each.name} is the same in every lane`, async () => {
      const { program, inputs } = programOf(each);
      const graph = trace(program, specsOf(inputs));
      for (const { op } of graph.nodes) met.add(op);
      const names = Object.keys(inputs);
      const sharings = [[], ...(names.length > 1 ? names.map((name) => [name]) : [])];
      for (const shared of sharings) await checkLanes(each, graph, inputs, shared);
    });
  }
}

Deno.test("every operator that is traced has a rule, and every rule has been met", () => {
  assertEquals([...met].sort(), vmappedOperators());
});

const double = trace(({ x, y }) => ({ z: tf.mul(x, 2), y, one: tf.ones([2]) }), {
  x: { shape: [2], dtype: "float32" },
  y: { shape: [], dtype: "float32" },
});

Deno.test("what depends on no lane is computed once, and given to each", async () => {
  const graph = vmap(double, { count: 2, shared: ["y"] });
  assertEquals(graph.outputs.map(({ value: { shape } }) => shape), [[2, 2], [2], [2, 2]]);
  const tensor = (shape: number[], ...data: number[]): HostTensor => ({ shape, dtype: "float32", data });
  const found = await runGraph(graph, { x: tensor([2, 2], 1, 2, 3, 4), y: tensor([], 7) });
  assertEquals([found.z.data, found.y.data, found.one.data], [[2, 4, 6, 8], [7, 7], [1, 1, 1, 1]]);
});

Deno.test("lanes are counted, and what is shared is there", () => {
  assertThrows(() => vmap(double, { count: 0 }), TraceError, "vmap: 0 lanes; there must be one or more");
  assertThrows(
    () => vmap(double, { count: 2, shared: ["w"] }),
    TraceError,
    "vmap: the graph has no input 'w' to share",
  );
  const unknown = { ...double.nodes[0], op: "Gelu" };
  assertThrows(
    () => vmap({ ...double, nodes: [unknown] }, { count: 2 }),
    TraceError,
    "vmap: operator 'Gelu' has no rule; add one in src/jit/vmap_rules.ts",
  );
});

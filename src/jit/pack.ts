import { type Graph, sizeOf } from "./graph.ts";
import { additionsTo } from "./rewrite.ts";

/** Name of the output that holds the packed numbers. */
export const PACKED = "packed";

/** A graph with single numbers put together, and which they are. */
export interface Packed {
  readonly graph: Graph;
  /** Outputs of before that are elements of `PACKED`, in their order. */
  readonly names: readonly string[];
}

/** Outputs `names` that are one float32 each as one vector, for devices where each output is a round trip. */
export function packed(graph: Graph, names: readonly string[]): Packed {
  const isNumber = ({ name, value }: Graph["outputs"][number]) =>
    names.includes(name) && value.dtype === "float32" && sizeOf(value.shape) === 1;
  const numbers = graph.outputs.filter(isNumber);
  if (numbers.length < 2) return { graph, names: [] };
  const { index, node: made } = additionsTo(graph);
  const shape = index(1);
  const flat = numbers.map(({ value }) => made("Reshape", [value, shape], [1]));
  const whole = made("Concat", flat.map(({ outputs: [one] }) => one), [numbers.length], { axis: 0 });
  return {
    graph: {
      inputs: graph.inputs,
      nodes: [...graph.nodes, ...flat, whole],
      outputs: [...graph.outputs.filter((o) => !numbers.includes(o)), { name: PACKED, value: whole.outputs[0] }],
    },
    names: numbers.map(({ name }) => name),
  };
}

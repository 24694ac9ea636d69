import type { Graph, Node, Value } from "./graph.ts";

export function highestId({ inputs, nodes }: Graph): number {
  const values = [...inputs, ...nodes.flatMap((node) => [...node.inputs, ...node.outputs])];
  return values.reduce((highest, value) => Math.max(highest, value?.id ?? 0), 0);
}

/**
 * The same graph with every split into more than `limit` parts written as slices, for devices that bind few buffers.
 * The parts keep the producer that they were traced with.
 */
export function splitsAsSlices(graph: Graph, limit: number): Graph {
  let id = highestId(graph);
  const index = (n: number): Value => ({ id: ++id, shape: [1], dtype: "int64", data: [n] });
  const nodes = graph.nodes.flatMap((node): Node[] => {
    if (node.op !== "Split" || node.outputs.length <= limit) return [node];
    const axis = node.attributes.axis as number;
    let end = 0;
    return node.outputs.map((part) => {
      const begin = end;
      end += part.shape[axis];
      const inputs = [node.inputs[0], index(begin), index(end), index(axis)];
      return { op: "Slice", inputs, outputs: [part], attributes: {} };
    });
  });
  return { ...graph, nodes };
}

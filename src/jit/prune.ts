import type { Graph, Node, Value } from "./graph.ts";

/** A graph without the nodes and inputs that no output needs. */
export function needed({ inputs, nodes, outputs }: Graph): Graph {
  const read = new Set<Value | null>(outputs.map(({ value }) => value));
  const kept: Node[] = [];
  for (const node of [...nodes].reverse()) {
    if (!node.outputs.some((value) => read.has(value))) continue;
    kept.push(node);
    node.inputs.forEach((value) => read.add(value));
  }
  return { inputs: inputs.filter((value) => read.has(value)), nodes: kept.reverse(), outputs };
}

import { type Graph, type Node, sameShape, type Value } from "./graph.ts";

/** Operators that read an element of each operand before they write the same element of the result. */
const ELEMENTWISE = new Set(["Add", "Sub", "Mul", "Div"]);

const readersOf = (graph: Graph, value: Value): Node[] => graph.nodes.filter((node) => node.inputs.includes(value));

function ancestorsOf(node: Node): Set<Node> {
  const found = new Set<Node>();
  const waiting = [node];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    for (const input of next.inputs) {
      if (!input?.producer || found.has(input.producer)) continue;
      found.add(input.producer);
      waiting.push(input.producer);
    }
  }
  return found;
}

/**
 * Whether the output `name` may be written into the memory of the input `name` while the graph runs.
 *
 * It may when the node that writes it is elementwise and comes after every other reader of the input in any order of
 * execution, that is, when all of them are its ancestors.
 */
export function overwritable(graph: Graph, name: string): boolean {
  const input = graph.inputs.find((value) => value.input === name);
  const output = graph.outputs.find((out) => out.name === name)?.value;
  const writer = output?.producer;
  if (!input || !output || !writer) return false;
  if (!ELEMENTWISE.has(writer.op) || !sameShape(input.shape, output.shape)) return false;
  if (graph.outputs.some(({ value }) => value === input)) return false;
  const before = ancestorsOf(writer);
  return readersOf(graph, input).every((reader) => reader === writer || before.has(reader));
}

import { type Graph, type Node, sameShape, type Value } from "./graph.ts";

/** Operators that read an element of each operand before they write the same element of the result. */
const ELEMENTWISE = new Set(["Add", "Sub", "Mul", "Div"]);

/** Through these one sees further: a pattern of ONNX Runtime's fusions may reach across them. */
const ARITHMETIC = new Set([...ELEMENTWISE, "Sqrt"]);

/**
 * Operators that ONNX Runtime neither fuses with the arithmetic beside them nor makes a view of their operand. All others
 * may be either: Reshape is a view, Mul + MatMul and Transpose + MatMul become a product that reads the Mul's operand and
 * writes over it, x·sigmoid(a·x) a kernel with its result as scratch memory, Gemm + Add and ReduceMean … Add others yet.
 */
const APART = new Set(["Cast", "Concat", "Equal", "Exp", "ReduceSum", "Split"]);

/** The nodes of `from` and those that `next` leads to, each once. */
function reach(from: readonly Node[], next: (node: Node) => readonly Node[]): Set<Node> {
  const found = new Set(from);
  // A set is walked in the order of insertion, what is added on the way included.
  for (const node of found) for (const other of next(node)) found.add(other);
  return found;
}

const producersOf = (node: Node): Node[] => node.inputs.flatMap((input) => input?.producer ?? []);

/** Whether a value is the same in every run. */
function isConstant(value: Value): boolean {
  if (value.input !== undefined) return false;
  const needed = reach(value.producer ? [value.producer] : [], producersOf);
  return ![...needed].some(({ inputs }) => inputs.some((input) => input?.input !== undefined));
}

/** The nodes that read a value, by value. */
function readersIn({ nodes }: Graph): (value: Value) => readonly Node[] {
  const readers = new Map<Value, Set<Node>>();
  for (const node of nodes) {
    for (const input of node.inputs) {
      if (input) readers.set(input, (readers.get(input) ?? new Set()).add(node));
    }
  }
  return (value) => [...readers.get(value) ?? []];
}

/**
 * Whether the output `name` may be written into the memory of the input `name` while the graph runs, whatever ONNX
 * Runtime makes of the graph first.
 *
 * It may when the node that writes it is elementwise and comes after every other reader of the input in any order of
 * execution, that is, when all of them are its ancestors; when the readers are Split, which copies, and arithmetic of the
 * same shape; and when, as far as arithmetic reaches from the input and from the writer, there is nothing but arithmetic
 * and operators that stay apart from it. This holds for optimisers, whose gradients are split off the parameters and
 * concatenated. When in doubt it says no, which costs one copy.
 */
export function overwritable(graph: Graph, name: string): boolean {
  const input = graph.inputs.find((value) => value.input === name);
  const output = graph.outputs.find((out) => out.name === name)?.value;
  const writer = output?.producer;
  if (!input || !output || !writer) return false;
  if (!ELEMENTWISE.has(writer.op) || !sameShape(input.shape, output.shape)) return false;
  if (graph.outputs.some(({ value }) => value === input)) return false;

  const readersOf = readersIn(graph);
  const onwards = (node: Node) => node.outputs.flatMap(readersOf);
  const direct = readersOf(input);
  const isPlain = ({ op, outputs: [result] }: Node) =>
    op === "Split" || (ARITHMETIC.has(op) && sameShape(result.shape, input.shape));
  if (!direct.every(isPlain)) return false;

  // x + 0 and x·1 vanish once the constant is known; then whoever reads them reads x.
  const mayVanish = ({ op, inputs }: Node) => ELEMENTWISE.has(op) && inputs.some((value) => value && isConstant(value));
  const before = reach(producersOf(writer), producersOf);
  const readers = reach(direct, (node) => node !== writer && mayVanish(node) ? onwards(node) : []);
  if (![...readers].every((reader) => reader === writer || before.has(reader))) return false;

  const isArithmetic = ({ op }: Node) => ARITHMETIC.has(op);
  const near = [
    ...reach([...direct, writer], (node) => isArithmetic(node) ? onwards(node) : []),
    ...reach([writer], (node) => isArithmetic(node) ? producersOf(node) : []),
  ];
  return near.every((node) => isArithmetic(node) || APART.has(node.op));
}

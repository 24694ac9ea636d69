import { type Graph, type Node, sizeOf, type Value } from "../graph.ts";
import { needed } from "../prune.ts";
import { SCALAR_OPERATORS } from "./scalars.ts";
import { LANE_OPERATORS } from "./lanes.ts";

/** What a program does last: arithmetic over whole vectors of its state, sums of them, and numbers made of such sums. */
export interface Sweep {
  /** In execution order. */
  readonly nodes: readonly Node[];
  readonly outputs: Graph["outputs"];
}

/** A graph in two: what comes first, with matrix products and the like, and the sweep that ends it, if there is one. */
export interface Division {
  /** Gives what is left of the outputs, and what the sweep takes of it, under `sweepInput`. */
  readonly front: Graph;
  readonly sweep: Sweep | null;
}

/** Name under which the front gives a value to the sweep. */
export const sweepInput = ({ id }: Value): string => `sweep/${id}`;

/** Reductions that a sweep can do of a vector. */
const REDUCTIONS: readonly string[] = ["ReduceSum", "ReduceMean", "ReduceMax", "ReduceMin"];

export const isScalar = ({ shape }: Value): boolean => sizeOf(shape) === 1;
export const isConstant = ({ fill, data }: Value): boolean => fill !== undefined || data !== undefined;

/** Whether a node makes a single number of a vector. */
export const isReduction = ({ op, outputs: [result], inputs: [x] }: Node): boolean =>
  REDUCTIONS.includes(op) && isScalar(result) && !isScalar(x!) && !isConstant(x!);

/** What a node of a sweep reads as numbers: axes and shapes are settled by then. */
export const operandsOf = ({ op, inputs }: Node): readonly Value[] =>
  (REDUCTIONS.includes(op) || op === "Reshape" || op === "Expand" ? inputs.slice(0, 1) : inputs) as Value[];

/** Lengths of the vectors of the state that the graph renews: what a sweep is about. */
function lengthsOf({ outputs }: Graph, state: readonly string[]): Set<number> {
  const renewed = outputs.filter(({ name, value }) => state.includes(name) && value.producer);
  const vectors = renewed.filter(({ value: { shape, dtype } }) => shape.length === 1 && dtype === "float32");
  return new Set(vectors.map(({ value }) => value.shape[0]).filter((length) => length > 1));
}

/** Nodes that a sweep could do, whatever comes after them; a state that is a single number stays with the front. */
function candidatesOf({ nodes, outputs }: Graph, lengths: ReadonlySet<number>, state: readonly string[]): Set<Node> {
  const numbersOfState = new Set(outputs.filter(({ name }) => state.includes(name)).map((output) => output.value));
  const isVector = ({ shape }: Value) => shape.length === 1 && lengths.has(shape[0]);
  const isNumber = ({ dtype }: Value) => dtype === "float32" || dtype === "bool";
  const isLiteral = (value: Value) => value.data !== undefined && !isScalar(value);
  const isTyped = ({ op }: Node, [first]: readonly Value[]) =>
    op === "Equal" ? first.dtype === "float32" : op === "Cast" ? first.dtype === "bool" : true;
  const fits = (node: Node): boolean => {
    const { op, outputs: [result] } = node;
    const operands = operandsOf(node);
    if (node.outputs.length !== 1 || ![result, ...operands].every(isNumber)) return false;
    if (operands.some(isLiteral) || !isTyped(node, operands)) return false;
    if (isVector(result)) {
      const ofOneLength = (value: Value) => isScalar(value) || (isVector(value) && value.shape[0] === result.shape[0]);
      return LANE_OPERATORS.has(op) && operands.every(ofOneLength);
    }
    if (!isScalar(result) || numbersOfState.has(result)) return false;
    if (isReduction(node)) return isVector(operands[0]) && operands[0].dtype === "float32";
    return SCALAR_OPERATORS.has(op) && operands.every(isScalar);
  };
  return new Set(nodes.filter(fits));
}

/** Leaves the nodes that only nodes of the sweep read, and that read no bools but those of the sweep. */
function closed(graph: Graph, candidates: ReadonlySet<Node>): Set<Node> {
  const chosen = new Set(candidates);
  for (let before = -1; before !== chosen.size;) {
    before = chosen.size;
    for (const node of [...graph.nodes].reverse()) {
      // What something else reads has to be there first.
      if (!chosen.has(node)) node.inputs.forEach((input) => input?.producer && chosen.delete(input.producer));
    }
    for (const node of graph.nodes) {
      const foreign = (value: Value) => value.dtype === "bool" && !isConstant(value) && !chosen.has(value.producer!);
      if (chosen.has(node) && operandsOf(node).some(foreign)) chosen.delete(node);
    }
  }
  return chosen;
}

/** Whether something of a graph is worth a sweep: a vector, not a few numbers alone. */
const hasVectors = (nodes: readonly Node[]) => nodes.some(({ outputs: [result] }) => !isScalar(result));

/**
 * Divides a program into what ONNX Runtime is for and the sweep over its state that follows.
 *
 * Of the sweep are nodes that work element by element on vectors as long as a renewed leaf of the state, their sums, means
 * and extremes, and arithmetic of such numbers, as long as nothing else reads what they give.
 *
 * @param state names of the inputs that are state
 */
export function divide(graph: Graph, state: readonly string[]): Division {
  const chosen = closed(graph, candidatesOf(graph, lengthsOf(graph, state), state));
  const nodes = graph.nodes.filter((node) => chosen.has(node));
  if (!hasVectors(nodes)) return { front: needed(graph), sweep: null };
  const isSwept = ({ producer }: Value) => producer !== undefined && chosen.has(producer);
  const outputs = graph.outputs.filter(({ value }) => isSwept(value));
  const taken = new Set(nodes.flatMap(operandsOf).filter((value) => value.producer && !isSwept(value)));
  const given = [...taken].map((value) => ({ name: sweepInput(value), value }));
  const front = {
    inputs: graph.inputs,
    nodes: graph.nodes.filter((node) => !chosen.has(node)),
    outputs: [...graph.outputs.filter(({ value }) => !isSwept(value)), ...given],
  };
  return { front: needed(front), sweep: { nodes, outputs } };
}

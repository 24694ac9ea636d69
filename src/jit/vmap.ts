import { TraceError } from "./backend.ts";
import { type Graph, GraphBuilder, type Node, type Value } from "./graph.ts";
import { type Lane, RULES, widened } from "./vmap_rules.ts";

/** How many copies of a program run side by side, and which of its inputs all of them have in common. */
export interface Lanes {
  readonly count: number;
  /** Names of inputs without a lane axis; every other one has one, before its own. */
  readonly shared?: readonly string[];
}

/** The operators that have a rule, sorted. */
export const vmappedOperators = (): string[] => Object.keys(RULES).sort();

/**
 * The graph that computes for `count` independent sets of inputs what `graph` computes for one: every value that depends on
 * an input with lanes has one more axis, the first, and so has every output. What depends on none stays as it is.
 *
 * Each lane's results are what the single graph gives for its inputs, up to the rounding of another order of summation; no
 * lane sees another.
 *
 * @throws {TraceError} for an operator without a rule, or a shared input that the graph does not have
 */
export function vmap(graph: Graph, { count, shared = [] }: Lanes): Graph {
  if (!Number.isInteger(count) || count < 1) throw new TraceError(`vmap: ${count} lanes; there must be one or more`);
  const stranger = shared.find((name) => !graph.inputs.some(({ input }) => input === name));
  if (stranger !== undefined) throw new TraceError(`vmap: the graph has no input '${stranger}' to share`);
  const builder = new GraphBuilder();
  const lanes = new Map<Value, Lane>();
  for (const value of graph.inputs) {
    const isWide = !shared.includes(value.input!);
    const shape = isWide ? [count, ...value.shape] : value.shape;
    lanes.set(value, { value: builder.input(value.input!, shape, value.dtype), isWide });
  }
  const laneOf = (value: Value): Lane => {
    const known = lanes.get(value);
    if (known) return known;
    const { data, fill, shape, dtype } = value;
    const lane = {
      value: data ? builder.constant(data, shape, dtype) : builder.filled(fill!, shape, dtype),
      isWide: false,
    };
    lanes.set(value, lane);
    return lane;
  };
  for (const node of graph.nodes) {
    if (node.inputs.includes(null)) {
      throw new TraceError(`vmap: operator '${node.op}' with an operand left out has no rule`);
    }
    const operands = node.inputs.map((value) => laneOf(value!));
    const isWide = operands.some((operand) => operand.isWide);
    const made = isWide ? wide(node, operands, builder, count) : plain(node, operands, builder);
    node.outputs.forEach((value, i) => lanes.set(value, { value: made[i], isWide }));
  }
  const outputs = graph.outputs.map(({ name, value }) => ({ name, value: widened(builder, laneOf(value), count) }));
  return builder.finish(outputs);
}

function wide(node: Node, operands: readonly Lane[], builder: GraphBuilder, k: number): readonly Value[] {
  const rule = RULES[node.op];
  if (!rule) throw new TraceError(`vmap: operator '${node.op}' has no rule; add one in src/jit/vmap_rules.ts`);
  const found = rule({ builder, node, k, operands, shape: [k, ...node.outputs[0].shape] });
  return Array.isArray(found) ? found : [found as Value];
}

const plain = ({ op, outputs, attributes }: Node, operands: readonly Lane[], builder: GraphBuilder): readonly Value[] =>
  builder.emitAll(op, operands.map(({ value }) => value), outputs, attributes);

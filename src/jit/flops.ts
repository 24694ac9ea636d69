import { TraceError } from "./backend.ts";
import { type Graph, type Node, sizeOf } from "./graph.ts";

/** Floating-point operations of one node. */
type Rule = (node: Node) => number;

const free: Rule = () => 0;

/** So many for each element of the result. */
const eachResult = (operations: number): Rule => ({ outputs: [result] }) => operations * sizeOf(result.shape);

/** One for each element that is read. */
const eachOperand: Rule = ({ inputs: [x] }) => sizeOf(x!.shape);

/** Length of the sums of a matrix product. */
export const innerLength = ({ op, inputs: [left], attributes }: Node): number =>
  op === "Gemm" && attributes.transA ? left!.shape[0] : left!.shape.at(-1)!;

/** [m, k] × [k, n] by k multiplications and k additions an element, 2mkn; a bias is another mn. */
const product: Rule = (node) => sizeOf(node.outputs[0].shape) * (2 * innerLength(node) + (node.inputs[2] ? 1 : 0));

/** One for each element that is added to another; to put it there is a move. */
const scatter: Rule = ({ inputs: [, , updates], attributes }) =>
  attributes.reduction === "add" ? sizeOf(updates!.shape) : 0;

const forEach = (operators: string, rule: Rule) => operators.split(" ").map((op) => [op, rule] as const);

/** One rule an operator. */
const RULES: ReadonlyMap<string, Rule> = new Map([
  ...forEach("Abs Add Ceil Div Floor Max Min Mul Neg Reciprocal Relu Sign Sub", eachResult(1)),
  ...forEach("And Equal Greater GreaterOrEqual Less LessOrEqual Not Or Where", eachResult(1)),
  ...forEach("Cos Erf Exp Log Pow Sigmoid Sin Softplus Sqrt Tanh", eachResult(1)),
  ...forEach("ArgMax ReduceMax ReduceMean ReduceMin ReduceSum", eachOperand),
  // Maximum, difference, exponential, sum and quotient; the logarithm's quotient is a difference.
  ...forEach("Softmax LogSoftmax", eachResult(5)),
  // Mean, difference, square, sum, quotient and scale.
  ...forEach("LayerNormalization", eachResult(6)),
  ...forEach("Gemm MatMul", product),
  ...forEach("ScatterND", scatter),
  ...forEach("Cast Concat Expand Gather Pad Reshape Slice Split Tile Transpose", free),
]);

/** Arithmetic of places, shapes and axes. */
const isOfIndices = ({ inputs: [first] }: Node) => first?.dtype === "int64";

function flopsOfNode(node: Node): number {
  const rule = RULES.get(node.op);
  if (!rule) throw new TraceError(`flops: operator '${node.op}' has no rule; add one in src/jit/flops.ts`);
  return isOfIndices(node) ? 0 : rule(node);
}

/**
 * Floating-point operations of one run of a graph: what it asks for, however an engine does it.
 *
 * A multiplication and an addition count 1 each, so that a matrix product [m, k] × [k, n] counts 2mkn, with a bias mn
 * more. So does each element of any other operation between elements, comparisons and choices among them, and
 * transcendental functions (exp, log, √, tanh, erf, cos, powers), which cost a processor more. A reduction counts 1
 * for each element that it reads, a softmax 5 and a layer normalisation 6 for each, a sum into places 1 for each
 * element added. Moves, reshapes and casts count 0, and so does arithmetic of int64, which is of indices. Sums over
 * rows are traced as products with ones, and count 2 for each element.
 *
 * Source of the convention: Golub & Van Loan, Matrix Computations, chapter 1 (2mkn for a product).
 *
 * @throws {TraceError} for an operator without a rule, which would otherwise pass for free
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import * as tf from "@tensorflow/tfjs";
 * import { flopsOf } from "./flops.ts";
 * import { trace } from "./trace.ts";
 *
 * const spec = (...shape: number[]) => ({ shape, dtype: "float32" }) as const;
 * const graph = trace(({ a, b }) => ({ c: tf.relu(tf.matMul(a, b)) }), { a: spec(2, 3), b: spec(3, 4) });
 * assertEquals(flopsOf(graph), 2 * 2 * 3 * 4 + 2 * 4);
 * ```
 */
export const flopsOf = ({ nodes }: Graph): number => nodes.reduce((sum, node) => sum + flopsOfNode(node), 0);

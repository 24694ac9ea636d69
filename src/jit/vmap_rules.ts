import { elementsOf, type GraphBuilder, type Node, sizeOf, type Value } from "./graph.ts";
import { expand, indices, reshape } from "./kernels/lowering.ts";

/** A value of the wider graph: as it was, or one for each lane along a first axis. */
export interface Lane {
  readonly value: Value;
  readonly isWide: boolean;
}

/** What a rule sees of one node. */
export interface Call {
  readonly builder: GraphBuilder;
  readonly node: Node;
  /** Number of lanes. */
  readonly k: number;
  /** Operands in the order of the node. */
  readonly operands: readonly Lane[];
  /** Shape of the node's first result, with the lane axis. */
  readonly shape: readonly number[];
}

/** Writes a node for all lanes at once; at least one operand is wide, and so is every result. */
type Rule = (call: Call) => Value | readonly Value[];

const range = (n: number): number[] => [...Array(n).keys()];
const emitLike = ({ builder, node }: Call, inputs: readonly (Value | null)[], shape: readonly number[], changed = {}) =>
  builder.emit(node.op, inputs, {
    shape,
    dtype: node.outputs[0].dtype,
    attributes: { ...node.attributes, ...changed },
  });

/** Gives a wide value as many axes of its own as the result has, so that broadcasting leaves the lanes alone. */
function aligned(builder: GraphBuilder, { value, isWide }: Lane, rank: number): Value {
  if (!isWide) return value;
  const [k, ...own] = value.shape;
  return reshape(builder, value, [k, ...Array(rank - own.length).fill(1), ...own]);
}

/** A value with a lane axis, repeated where it has none. */
export function widened(builder: GraphBuilder, { value, isWide }: Lane, k: number): Value {
  if (isWide) return value;
  return expand(builder, reshape(builder, value, [1, ...value.shape]), [k, ...value.shape]);
}

/** Axes of a node, which count from the front, one further. */
const later = (axes: readonly number[]): number[] => axes.map((axis) => axis < 0 ? axis : axis + 1);

const elementwise: Rule = (call) => {
  const rank = call.shape.length - 1;
  return emitLike(call, call.operands.map((operand) => aligned(call.builder, operand, rank)), call.shape);
};

/** Reductions with their axes as an attribute, and what works along one axis. */
const alongAxes: Rule = (call) => {
  const { axes, axis } = call.node.attributes as { axes?: readonly number[]; axis?: number };
  const changed = { ...(axes ? { axes: later(axes) } : {}), ...(axis === undefined ? {} : { axis: later([axis])[0] }) };
  return emitLike(call, call.operands.map(({ value }) => value), call.shape, changed);
};

/** An operand that says something of each axis, with what it says of the lane axis first. */
const withFirst = (builder: GraphBuilder, operand: Lane, first: number): Value =>
  indices(builder, [first, ...elementsOf(operand.value)]);

/** Every lane at its own place in one long axis: indices with the offset of their lane. */
function offset(builder: GraphBuilder, at: Value, k: number, size: number): Value {
  const offsets = builder.constant(
    range(k).map((lane) => lane * size),
    [k, ...at.shape.slice(1).map(() => 1)],
    at.dtype,
  );
  const shape = [k, ...at.shape.slice(1)];
  return k === 1 ? at : builder.emit("Add", [at, offsets], { shape, dtype: at.dtype });
}

const swapped = (builder: GraphBuilder, x: Value): Value => {
  const rank = x.shape.length;
  const perm = [...range(rank - 2), rank - 1, rank - 2];
  return builder.emit("Transpose", [x], {
    shape: perm.map((axis) => x.shape[axis]),
    dtype: x.dtype,
    attributes: { perm },
  });
};

/** α = β = 1: a product and a row. One operand without lanes takes part in every lane's product. */
const gemm: Rule = ({ builder, node, operands: [a, b, bias], shape }) => {
  const { transA, transB } = node.attributes;
  const left = transA ? swapped(builder, a.value) : a.value;
  const right = transB ? swapped(builder, b.value) : b.value;
  const isWide = a.isWide || b.isWide;
  const product = builder.emit("MatMul", [left, right], { shape: isWide ? shape : shape.slice(1), dtype: "float32" });
  return bias ? builder.emit("Add", [product, aligned(builder, bias, 2)], { shape, dtype: "float32" }) : product;
};

const gather: Rule = ({ builder, node, k, operands: [x, at], shape }) => {
  const axis = node.attributes.axis as number;
  const dtype = x.value.dtype;
  if (!at.isWide) {
    return builder.emit("Gather", [x.value, at.value], { shape, dtype, attributes: { axis: axis + 1 } });
  }
  // The gathered axis goes first, behind the lanes, and both become one.
  const own = x.isWide ? x.value.shape.slice(1) : x.value.shape;
  const perm = [axis, ...range(own.length).filter((i) => i !== axis)];
  const moved = perm.map((i) => own[i]);
  const whole = x.isWide ? [0, ...perm.map((i) => i + 1)] : perm;
  const front = axis === 0 ? x.value : builder.emit("Transpose", [x.value], {
    shape: x.isWide ? [k, ...moved] : moved,
    dtype,
    attributes: { perm: whole },
  });
  const rows = x.isWide ? reshape(builder, front, [k * own[axis], ...moved.slice(1)]) : front;
  const places = x.isWide ? offset(builder, at.value, k, own[axis]) : at.value;
  const gathered = [...at.value.shape, ...moved.slice(1)];
  const found = builder.emit("Gather", [rows, places], { shape: gathered, dtype, attributes: { axis: 0 } });
  if (axis === 0) return found;
  // [lanes, indices…, axes before, axes after] → [lanes, axes before, indices…, axes after]
  const [inner, before] = [at.value.shape.length - 1, axis];
  const back = [
    0,
    ...range(before).map((i) => 1 + inner + i),
    ...range(inner).map((i) => 1 + i),
    ...range(own.length - 1 - before).map((i) => 1 + inner + before + i),
  ];
  return builder.emit("Transpose", [found], { shape, dtype, attributes: { perm: back } });
};

/** Of rows: the last axis of the indices is 1. */
const scatter: Rule = ({ builder, node, k, operands: [data, at, updates], shape }) => {
  const [rows, ...row] = shape.slice(1);
  const [table, places, added] = [data, at, updates].map((operand) => widened(builder, operand, k));
  const count = places.shape[1];
  const flat = {
    table: reshape(builder, table, [k * rows, ...row]),
    at: reshape(builder, offset(builder, places, k, rows), [k * count, 1]),
    updates: reshape(builder, added, [k * count, ...row]),
  };
  const { attributes } = node;
  const dtype = node.outputs[0].dtype;
  const sums = builder.emit("ScatterND", [flat.table, flat.at, flat.updates], {
    shape: [k * rows, ...row],
    dtype,
    attributes,
  });
  return reshape(builder, sums, shape);
};

const results = ({ node, k }: Call) => node.outputs.map(({ shape, dtype }) => ({ shape: [k, ...shape], dtype }));

/**
 * Layer normalisation over the last axis, as rows of a matrix: with more axes before it ONNX Runtime 1.30 takes a sum before it
 * for a skip connection, and its fused operator on WebGPU does not give the deviation that the gradient reads.
 */
const normaliseRows: Rule = (call) => {
  const { builder, node, operands: [x, ...others] } = call;
  const flat = (shape: readonly number[]) => [sizeOf(shape) / shape.at(-1)!, shape.at(-1)!];
  const wanted = results(call);
  const rows = reshape(builder, x.value, flat(x.value.shape));
  const made = builder.emitAll(
    node.op,
    [rows, ...others.map(({ value }) => value)],
    wanted.map(({ shape, dtype }) => ({ shape: flat(shape), dtype })),
    node.attributes,
  );
  return made.map((value, i) => reshape(builder, value, wanted[i].shape));
};

/** One rule an operator. */
export const RULES: Readonly<Record<string, Rule>> = {
  ...Object.fromEntries(
    [
      ..."Abs Ceil Cos Erf Exp Floor Log Not Neg Reciprocal Relu Sigmoid Sign Sin Softplus Sqrt Tanh Cast".split(" "),
      ..."Add Div Max Min Mul Pow Sub Equal Greater GreaterOrEqual Less LessOrEqual And Or Where".split(" "),
    ].map((op) => [op, elementwise]),
  ),
  ...Object.fromEntries(
    ["ReduceMax", "ReduceMean", "ReduceMin", "ArgMax", "Softmax", "LogSoftmax"].map((op) => [op, alongAxes]),
  ),
  Concat: (call) => {
    const { builder, node, k, operands, shape } = call;
    const axis = node.attributes.axis as number + 1;
    return emitLike(call, operands.map((operand) => widened(builder, operand, k)), shape, { axis });
  },
  Expand: ({ builder, operands: [x], shape }) => expand(builder, aligned(builder, x, shape.length - 1), shape),
  Gather: gather,
  Gemm: gemm,
  LayerNormalization: normaliseRows,
  MatMul: (call) => {
    const rank = call.shape.length - 1;
    return emitLike(call, call.operands.map((operand) => aligned(call.builder, operand, rank)), call.shape);
  },
  Pad: (call) => {
    const { builder, operands: [x, pads, value] } = call;
    const each = elementsOf(pads.value);
    const half = each.length / 2;
    const wide = indices(builder, [0, ...each.slice(0, half), 0, ...each.slice(half)]);
    return emitLike(call, [x.value, wide, value.value], call.shape);
  },
  ReduceSum: (call) => {
    const { builder, operands: [x, axes] } = call;
    return emitLike(call, [x.value, indices(builder, later(elementsOf(axes.value)))], call.shape);
  },
  Reshape: ({ builder, operands: [x], shape }) => reshape(builder, x.value, shape),
  ScatterND: scatter,
  Slice: (call) => {
    const { builder, k, operands: [x, begin, end] } = call;
    return emitLike(call, [x.value, withFirst(builder, begin, 0), withFirst(builder, end, k)], call.shape);
  },
  Split: (call) => {
    const { builder, node, operands: [x, sizes] } = call;
    return builder.emitAll("Split", [x.value, sizes.value], results(call), {
      axis: node.attributes.axis as number + 1,
    });
  },
  Tile: (call) => {
    const { builder, operands: [x, repeats] } = call;
    return emitLike(call, [x.value, withFirst(builder, repeats, 1)], call.shape);
  },
  Transpose: (call) => {
    const perm = [0, ...(call.node.attributes.perm as readonly number[]).map((axis) => axis + 1)];
    return emitLike(call, [call.operands[0].value], call.shape, { perm });
  },
};

import type { GraphBuilder, Value } from "../graph.ts";
import { axesOf, cast, defineLowering, demand, indices, reshape } from "./lowering.ts";

function reducedShape(shape: readonly number[], axes: readonly number[], keepDims: boolean): number[] {
  return shape.flatMap((n, axis) => axes.includes(axis) ? (keepDims ? [1] : []) : [n]);
}

/** Opset 17 takes the axes of ReduceSum as an input and those of the other reductions as an attribute. */
function reduce(builder: GraphBuilder, op: string, x: Value, axes: readonly number[], keepDims: boolean): Value {
  const shape = reducedShape(x.shape, axes, keepDims);
  if (axes.length === 0) return x;
  if (op === "ReduceSum") {
    const attributes = { keepdims: Number(keepDims) };
    return builder.emit(op, [x, indices(builder, axes)], { shape, dtype: x.dtype, attributes });
  }
  return builder.emit(op, [x], { shape, dtype: x.dtype, attributes: { axes, keepdims: Number(keepDims) } });
}

/** Σ over rows as onesᵀ·x: the gradient of every bias, and a matrix product is four times faster than ReduceSum here. */
function sumOfRows(builder: GraphBuilder, x: Value, keepDims: boolean): Value {
  const [rows, columns] = x.shape;
  const ones = builder.filled(1, [1, rows], x.dtype);
  const attributes = { transA: 0, transB: 0 };
  const sum = builder.emit("Gemm", [ones, x], { shape: [1, columns], dtype: x.dtype, attributes });
  return keepDims ? sum : reshape(builder, sum, [columns]);
}

defineLowering("Sum", ({ builder, inputs: { x }, attrs }) => {
  const summable = x.dtype === "bool" ? cast(builder, x, "int32") : x;
  const axes = axesOf(attrs.axis, x.shape.length);
  const overRows = x.shape.length === 2 && axes.length === 1 && axes[0] === 0;
  if (overRows && x.dtype === "float32") return sumOfRows(builder, x, attrs.keepDims ?? false);
  return reduce(builder, "ReduceSum", summable, axes, attrs.keepDims ?? false);
});

defineLowering(
  "Mean",
  ({ builder, inputs: { x }, attrs }) =>
    reduce(
      builder,
      "ReduceMean",
      cast(builder, x, "float32"),
      axesOf(attrs.axis, x.shape.length),
      attrs.keepDims ?? false,
    ),
);

for (const [kernel, op] of [["Max", "ReduceMax"], ["Min", "ReduceMin"]]) {
  defineLowering(kernel, ({ builder, inputs: { x }, attrs }) => {
    demand(kernel, [x], "float32", "int32");
    const axes = axesOf(attrs.reductionIndices ?? attrs.axis, x.shape.length);
    return reduce(builder, op, x, axes, attrs.keepDims ?? false);
  });
}

/** The first index of the largest element, as TensorFlow.js has it. */
defineLowering("ArgMax", ({ builder, inputs: { x }, attrs }) => {
  demand("ArgMax", [x], "float32", "int32");
  const [axis] = axesOf(attrs.axis, x.shape.length);
  const shape = reducedShape(x.shape, [axis], false);
  const found = builder.emit("ArgMax", [x], { shape, dtype: "int64", attributes: { axis, keepdims: 0 } });
  return cast(builder, found, "int32");
});

for (const [kernel, op, attribute] of [["Softmax", "Softmax", "dim"], ["LogSoftmax", "LogSoftmax", "axis"]]) {
  defineLowering(kernel, ({ builder, inputs, attrs }) => {
    const [x] = Object.values(inputs);
    demand(kernel, [x], "float32");
    const [axis] = axesOf(attrs[attribute] ?? -1, x.shape.length);
    return builder.emit(op, [x], { shape: x.shape, dtype: x.dtype, attributes: { axis } });
  });
}

/** x: […, d] → [(x − mean)/√(variance + ε), 1/√(variance + ε)] over the last axis; see `normalise` in jit/ops.ts. */
defineLowering("Normalise", ({ builder, inputs: { x }, attrs }) => {
  demand("Normalise", [x], "float32");
  const width = x.shape.at(-1)!;
  const scale = builder.filled(1, [width], "float32");
  const row = [...x.shape.slice(0, -1), 1];
  const [normalised, , deviation] = builder.emitAll(
    "LayerNormalization",
    [x, scale],
    [x, { shape: row, dtype: "float32" }, { shape: row, dtype: "float32" }],
    { axis: -1, epsilon: attrs.epsilon },
  );
  return [normalised, deviation];
});

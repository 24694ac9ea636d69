import * as tf from "@tensorflow/tfjs";
import { type GraphBuilder, sameShape, sizeOf, type Value } from "../graph.ts";
import { axesOf, cast, defineLowering, indices, reshape } from "./lowering.ts";

defineLowering("Reshape", ({ builder, inputs: { x }, attrs }) => {
  return reshape(builder, x, tf.util.inferFromImplicitShape(attrs.shape, sizeOf(x.shape)));
});

defineLowering("ExpandDims", ({ builder, inputs: { input }, attrs }) => {
  const shape = [...input.shape];
  shape.splice(attrs.dim < 0 ? shape.length + attrs.dim + 1 : attrs.dim, 0, 1);
  return reshape(builder, input, shape);
});

function concat(builder: GraphBuilder, parts: readonly Value[], axis: number): Value {
  const kept = parts.filter((part) => sizeOf(part.shape) > 0);
  if (kept.length === 1) return kept[0];
  const shape = [...kept[0].shape];
  shape[axis] = kept.reduce((total, part) => total + part.shape[axis], 0);
  return builder.emit("Concat", kept, { shape, dtype: kept[0].dtype, attributes: { axis } });
}

defineLowering("Concat", ({ builder, list, attrs }) => {
  return concat(builder, list, axesOf(attrs.axis, list[0].shape.length)[0]);
});

defineLowering("Pack", ({ builder, list, attrs }) => {
  const [axis] = axesOf(attrs.axis, list[0].shape.length + 1);
  const parts = list.map((v) => reshape(builder, v, [...v.shape.slice(0, axis), 1, ...v.shape.slice(axis)]));
  return concat(builder, parts, axis);
});

function split(builder: GraphBuilder, x: Value, sizes: readonly number[], axis: number): readonly Value[] {
  if (sizes.length === 1) return [x];
  const parts = sizes.map((size) => ({ shape: x.shape.map((n, i) => i === axis ? size : n), dtype: x.dtype }));
  return builder.emitAll("Split", [x, indices(builder, sizes)], parts, { axis });
}

defineLowering("SplitV", ({ builder, inputs: { x }, attrs }) => {
  const [axis] = axesOf(attrs.axis, x.shape.length);
  const { numOrSizeSplits } = attrs;
  const sizes = typeof numOrSizeSplits === "number"
    ? Array(numOrSizeSplits).fill(x.shape[axis] / numOrSizeSplits)
    : tf.backend_util.prepareSplitSize({ shape: x.shape } as tf.Tensor, numOrSizeSplits, axis);
  return split(builder, x, sizes, axis);
});

defineLowering("Unpack", ({ builder, inputs: { value }, attrs }) => {
  const [axis] = axesOf(attrs.axis, value.shape.length);
  const shape = value.shape.filter((_, i) => i !== axis);
  const parts = split(builder, value, Array(value.shape[axis]).fill(1), axis);
  return parts.map((part) => reshape(builder, part, shape));
});

defineLowering("Slice", ({ builder, inputs: { x }, attrs }) => {
  const [begin, size] = tf.slice_util.parseSliceParams({ shape: x.shape } as tf.Tensor, attrs.begin, attrs.size);
  if (sameShape(size, x.shape)) return x;
  const bounds = [begin, begin.map((n, i) => n + size[i])].map((v) => indices(builder, v));
  return builder.emit("Slice", [x, ...bounds], { shape: size, dtype: x.dtype });
});

defineLowering("PadV2", ({ builder, inputs: { x }, attrs }) => {
  const paddings = attrs.paddings as [number, number][];
  const shape = x.shape.map((n, i) => n + paddings[i][0] + paddings[i][1]);
  const pads = indices(builder, [...paddings.map((p) => p[0]), ...paddings.map((p) => p[1])]);
  const value = builder.filled(attrs.constantValue, [], x.dtype);
  return builder.emit("Pad", [x, pads, value], { shape, dtype: x.dtype, attributes: { mode: "constant" } });
});

defineLowering("Tile", ({ builder, inputs: { x }, attrs }) => {
  const shape = x.shape.map((n, i) => n * attrs.reps[i]);
  return builder.emit("Tile", [x, indices(builder, attrs.reps)], { shape, dtype: x.dtype });
});

defineLowering("GatherV2", ({ builder, inputs: { x, indices: at }, attrs }) => {
  const [axis] = axesOf(attrs.axis, x.shape.length);
  if (attrs.batchDims) throw new Error("trace: gather with batchDims has no lowering; gather along one axis");
  const shape = [...x.shape.slice(0, axis), ...at.shape, ...x.shape.slice(axis + 1)];
  return builder.emit("Gather", [x, at], { shape, dtype: x.dtype, attributes: { axis } });
});

/** out[k] = Σ over i with segmentIds[i] = k of x[i]; the gradient of gather. */
defineLowering("UnsortedSegmentSum", ({ builder, inputs: { x, segmentIds }, attrs }) => {
  const shape = [attrs.numSegments, ...x.shape.slice(segmentIds.shape.length)];
  const rows = sizeOf(segmentIds.shape);
  const at = cast(builder, reshape(builder, segmentIds, [rows, 1]), "int64");
  const updates = reshape(builder, x, [rows, ...shape.slice(1)]);
  const zeros = builder.filled(0, shape, x.dtype);
  return builder.emit("ScatterND", [zeros, at, updates], { shape, dtype: x.dtype, attributes: { reduction: "add" } });
});

defineLowering("OneHot", ({ builder, inputs: { indices: at }, attrs }) => {
  const { depth, onValue, offValue, dtype } = attrs;
  const classes = builder.constant([...Array(depth).keys()], [depth], "int32");
  const hit = builder.emit("Equal", [reshape(builder, at, [...at.shape, 1]), classes], {
    shape: [...at.shape, depth],
    dtype: "bool",
  });
  const [on, off] = [onValue, offValue].map((n) => builder.filled(n, [], dtype));
  return onValue === 1 && offValue === 0
    ? cast(builder, hit, dtype)
    : builder.emit("Where", [hit, on, off], { shape: hit.shape, dtype });
});

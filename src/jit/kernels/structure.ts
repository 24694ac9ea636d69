import * as tf from "@tensorflow/tfjs";
import { TraceError } from "../backend.ts";
import { type GraphBuilder, sameShape, sizeOf, type Value } from "../graph.ts";
import { axesOf, cast, defineLowering, demand, expand, indices, reshape } from "./lowering.ts";

defineLowering("Reshape", ({ builder, inputs: { x }, attrs }) => {
  return reshape(builder, x, tf.util.inferFromImplicitShape(attrs.shape, sizeOf(x.shape)));
});

defineLowering("ExpandDims", ({ builder, inputs: { input }, attrs }) => {
  const shape = [...input.shape];
  shape.splice(attrs.dim < 0 ? shape.length + attrs.dim + 1 : attrs.dim, 0, 1);
  return reshape(builder, input, shape);
});

function concat(builder: GraphBuilder, parts: readonly Value[], axis: number): Value {
  demand("a concatenation with parts", parts, parts[0].dtype);
  tf.backend_util.assertParamsConsistent(parts.map((part) => [...part.shape]), axis);
  const kept = parts.filter((part) => sizeOf(part.shape) > 0);
  if (kept.length === 1) return kept[0];
  const [{ dtype, shape: first }] = parts;
  const shape = first.with(axis, parts.reduce((total, part) => total + part.shape[axis], 0));
  if (kept.length === 0) return builder.filled(0, shape, dtype);
  return builder.emit("Concat", kept, { shape, dtype, attributes: { axis } });
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
  const wanted = attrs.numOrSizeSplits as number | number[];
  // A copy, for TensorFlow.js replaces a −1 in the caller's array.
  const sizes = Array.isArray(wanted) ? [...wanted] : wanted;
  return split(builder, x, tf.backend_util.prepareSplitSize({ shape: x.shape } as tf.Tensor, sizes, axis), axis);
});

defineLowering("Unpack", ({ builder, inputs: { value }, attrs }) => {
  const [axis] = axesOf(attrs.axis, value.shape.length);
  const shape = value.shape.filter((_, i) => i !== axis);
  const parts = split(builder, value, Array(value.shape[axis]).fill(1), axis);
  return parts.map((part) => reshape(builder, part, shape));
});

defineLowering("Slice", ({ builder, inputs: { x }, attrs }) => {
  const [begin, size] = tf.slice_util.parseSliceParams({ shape: x.shape } as tf.Tensor, attrs.begin, attrs.size);
  tf.slice_util.assertParamsValid({ shape: [...x.shape] } as tf.Tensor, begin, size);
  if (begin.some((n) => n < 0)) throw new TraceError(`trace: slice cannot begin at [${begin}]; count from the start`);
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
  if (x.fill !== undefined) return expand(builder, x, shape);
  return builder.emit("Tile", [x, indices(builder, attrs.reps)], { shape, dtype: x.dtype });
});

defineLowering("GatherV2", ({ builder, inputs: { x, indices: at }, attrs }) => {
  const [axis] = axesOf(attrs.axis, x.shape.length);
  if (attrs.batchDims) throw new TraceError("trace: gather with batchDims has no lowering; gather along one axis");
  const shape = [...x.shape.slice(0, axis), ...at.shape, ...x.shape.slice(axis + 1)];
  return builder.emit("Gather", [x, at], { shape, dtype: x.dtype, attributes: { axis } });
});

/**
 * out[k] = Σ over i with segmentIds[i] = k of x[i]; the gradient of gather.
 *
 * TensorFlow.js drops ids outside [0, numSegments), ONNX counts negative ones from the end and fails beyond it: such
 * rows go to one more segment, which is cut off.
 */
defineLowering("UnsortedSegmentSum", ({ builder, inputs: { x, segmentIds }, attrs }) => {
  demand("UnsortedSegmentSum", [x], "float32", "int32");
  const row = x.shape.slice(segmentIds.shape.length);
  const count = sizeOf(segmentIds.shape);
  const beyond = builder.filled(attrs.numSegments, [], "int32");
  const isNegative = builder.emit("Less", [segmentIds, builder.filled(0, [], "int32")], {
    ...segmentIds,
    dtype: "bool",
  });
  const counted = builder.emit("Where", [isNegative, beyond, segmentIds], segmentIds);
  const known = builder.emit("Min", [counted, beyond], segmentIds);
  const at = cast(builder, reshape(builder, known, [count, 1]), "int64");
  const updates = reshape(builder, x, [count, ...row]);
  const shape = [attrs.numSegments + 1, ...row];
  const zeros = builder.filled(0, shape, x.dtype);
  const attributes = { reduction: "add" };
  const sums = builder.emit("ScatterND", [zeros, at, updates], { shape, dtype: x.dtype, attributes });
  const bounds = [[0], [attrs.numSegments], [0]].map((v) => indices(builder, v));
  return builder.emit("Slice", [sums, ...bounds], { shape: [attrs.numSegments, ...row], dtype: x.dtype });
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

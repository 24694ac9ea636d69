import * as tf from "@tensorflow/tfjs";
import { TraceError } from "../backend.ts";
import type { GraphBuilder, Value } from "../graph.ts";
import { defineLowering, demand } from "./lowering.ts";

function matrixProduct(
  builder: GraphBuilder,
  a: Value,
  b: Value,
  { transposeA, transposeB }: { transposeA: boolean; transposeB: boolean },
  bias: Value | null,
): Value {
  demand("BatchMatMul", [a, b], "float32");
  const [width, height] = [a.shape.at(transposeA ? -2 : -1), b.shape.at(transposeB ? -1 : -2)];
  if (width !== height) throw new TraceError(`trace: matrices of [${a.shape}] and [${b.shape}] do not fit`);
  if (a.shape.length === 2 && b.shape.length === 2) {
    const shape = [a.shape[transposeA ? 1 : 0], b.shape[transposeB ? 0 : 1]];
    const attributes = { transA: Number(transposeA), transB: Number(transposeB) };
    return builder.emit("Gemm", bias ? [a, b, bias] : [a, b], { shape, dtype: a.dtype, attributes });
  }
  const swap = (v: Value, yes: boolean) => yes ? transpose(builder, v, swapLast(v.shape.length)) : v;
  const [left, right] = [swap(a, transposeA), swap(b, transposeB)];
  const outer = tf.broadcast_util.assertAndGetBroadcastShape(left.shape.slice(0, -2), right.shape.slice(0, -2));
  const shape = [...outer, left.shape.at(-2)!, right.shape.at(-1)!];
  const product = builder.emit("MatMul", [left, right], { shape, dtype: a.dtype });
  return bias ? builder.emit("Add", [product, bias], { shape, dtype: a.dtype }) : product;
}

const swapLast = (rank: number) => {
  const permutation = [...Array(rank).keys()];
  [permutation[rank - 2], permutation[rank - 1]] = [rank - 1, rank - 2];
  return permutation;
};

function transpose(builder: GraphBuilder, x: Value, perm: readonly number[]): Value {
  if (perm.every((axis, i) => axis === i)) return x;
  const shape = perm.map((axis) => x.shape[axis]);
  return builder.emit("Transpose", [x], { shape, dtype: x.dtype, attributes: { perm } });
}

defineLowering("Transpose", ({ builder, inputs: { x }, attrs }) => transpose(builder, x, attrs.perm));

defineLowering("BatchMatMul", ({ builder, inputs: { a, b }, attrs }) => matrixProduct(builder, a, b, attrs, null));

defineLowering("_FusedMatMul", ({ builder, inputs: { a, b, bias }, attrs }) => {
  const product = matrixProduct(builder, a, b, attrs, bias ?? null);
  if (attrs.activation === "linear") return product;
  if (attrs.activation === "relu") return builder.emit("Relu", [product], product);
  throw new TraceError(
    `trace: fused activation '${attrs.activation}' has no lowering; apply it as an operation of its own`,
  );
});

import * as tf from "@tensorflow/tfjs";
import { type DType, type GraphBuilder, sameShape, sizeOf, type Value } from "../graph.ts";
import { cast, defineLowering, expand } from "./lowering.ts";

const UNARY: Record<string, string> = {
  Abs: "Abs",
  Ceil: "Ceil",
  Cos: "Cos",
  Erf: "Erf",
  Exp: "Exp",
  Floor: "Floor",
  Log: "Log",
  LogicalNot: "Not",
  Neg: "Neg",
  Reciprocal: "Reciprocal",
  Relu: "Relu",
  Sigmoid: "Sigmoid",
  Sign: "Sign",
  Sin: "Sin",
  Softplus: "Softplus",
  Sqrt: "Sqrt",
  Tanh: "Tanh",
};

const ARITHMETIC: Record<string, string> = {
  Add: "Add",
  Maximum: "Max",
  Minimum: "Min",
  Multiply: "Mul",
  Pow: "Pow",
  RealDiv: "Div",
  Sub: "Sub",
};

const COMPARISON: Record<string, string> = {
  Equal: "Equal",
  Greater: "Greater",
  GreaterEqual: "GreaterOrEqual",
  Less: "Less",
  LessEqual: "LessOrEqual",
  LogicalAnd: "And",
  LogicalOr: "Or",
};

/** The number n with x∘n = x: such an operand is dropped when it does not widen the result. */
const RIGHT_IDENTITY: Record<string, number> = { Add: 0, Sub: 0, Mul: 1, Div: 1, Pow: 1 };
const LEFT_IDENTITY: Record<string, number> = { Add: 0, Mul: 1 };

/**
 * An operand as the operator may see it: uniform constants and explicit expansions shrink to what broadcasting needs,
 * because gradients of reductions multiply by ones(shape), which would be stored and read in full.
 */
function unexpanded(builder: GraphBuilder, value: Value, otherCovers: boolean): Value {
  if (!otherCovers) return value;
  if (value.fill !== undefined) return builder.filled(value.fill, [], value.dtype);
  return value.producer?.op === "Expand" ? value.producer.inputs[0]! : value;
}

function binary(builder: GraphBuilder, op: string, a: Value, b: Value, dtype: DType): Value {
  const shape = tf.broadcast_util.assertAndGetBroadcastShape([...a.shape], [...b.shape]);
  if (b.fill === RIGHT_IDENTITY[op] && b.fill !== undefined) return expand(builder, a, shape);
  const fused = op === "Add" && (biasedProduct(builder, a, b) ?? biasedProduct(builder, b, a));
  if (fused) return fused;
  if (a.fill === LEFT_IDENTITY[op] && a.fill !== undefined) return expand(builder, b, shape);
  const left = unexpanded(builder, a, sameShape(b.shape, shape));
  const right = unexpanded(builder, b, sameShape(a.shape, shape) && sizeOf(left.shape) >= sizeOf(a.shape));
  return builder.emit(op, [left, right], { shape, dtype });
}

/** product + bias as one Gemm, when the product is a plain one and the bias is a row. */
function biasedProduct(builder: GraphBuilder, product: Value, bias: Value): Value | null {
  const { producer, shape } = product;
  const isPlain = producer?.op === "Gemm" && producer.inputs.length === 2;
  if (!isPlain || bias.shape.length > 2 || bias.shape.at(-1) !== shape[1]) return null;
  if (bias.shape.length === 2 && bias.shape[0] !== 1) return null;
  return builder.emit("Gemm", [...producer.inputs, bias], { ...product, attributes: producer.attributes });
}

for (const [kernel, op] of Object.entries(UNARY)) {
  defineLowering(kernel, ({ builder, inputs: { x } }) => builder.emit(op, [x], x));
}

for (const [kernel, op] of Object.entries(ARITHMETIC)) {
  defineLowering(kernel, ({ builder, inputs: { a, b } }) => binary(builder, op, a, b, a.dtype));
}

for (const [kernel, op] of Object.entries(COMPARISON)) {
  defineLowering(kernel, ({ builder, inputs: { a, b } }) => binary(builder, op, a, b, "bool"));
}

defineLowering("Square", ({ builder, inputs: { x } }) => builder.emit("Mul", [x, x], x));

defineLowering("SquaredDifference", ({ builder, inputs: { a, b } }) => {
  const difference = binary(builder, "Sub", a, b, a.dtype);
  return builder.emit("Mul", [difference, difference], difference);
});

defineLowering(
  "Rsqrt",
  ({ builder, inputs: { x } }) => builder.emit("Reciprocal", [builder.emit("Sqrt", [x], x)], x),
);

/** step(x) = 1 where x > 0, alpha elsewhere. */
defineLowering("Step", ({ builder, inputs: { x }, attrs }) => {
  const positive = binary(builder, "Greater", x, builder.filled(0, [], x.dtype), "bool");
  if (!attrs.alpha) return cast(builder, positive, x.dtype);
  const [one, alpha] = [1, attrs.alpha].map((n) => builder.filled(n, [], x.dtype));
  return builder.emit("Where", [positive, one, alpha], x);
});

defineLowering("Select", ({ builder, inputs: { condition, t, e } }) => {
  const shape = tf.broadcast_util.assertAndGetBroadcastShape([...t.shape], [...e.shape]);
  const chosen = [t, e].map((v) => unexpanded(builder, v, sameShape(condition.shape, shape)));
  return builder.emit("Where", [cast(builder, condition, "bool"), ...chosen], { shape, dtype: t.dtype });
});

defineLowering("Cast", ({ builder, inputs: { x }, attrs }) => cast(builder, x, attrs.dtype));
defineLowering("Identity", ({ inputs: { x } }) => x);
defineLowering("ZerosLike", ({ builder, inputs: { x } }) => builder.filled(0, x.shape, x.dtype));
defineLowering("OnesLike", ({ builder, inputs: { x } }) => builder.filled(1, x.shape, x.dtype));
defineLowering(
  "Fill",
  ({ builder, attrs }) => builder.filled(attrs.value, attrs.shape, attrs.dtype ?? tf.util.inferDtype(attrs.value)),
);

import * as tf from "@tensorflow/tfjs";
import { type DType, type GraphBuilder, sameShape, type Value } from "../graph.ts";
import { cast, defineLowering, demand, expand } from "./lowering.ts";

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

/** Unary kernels that are not of float32 alone. */
const UNARY_TYPES: Record<string, DType[]> = {
  Abs: ["float32", "int32"],
  LogicalNot: ["bool"],
  Neg: ["float32", "int32"],
  Relu: ["float32", "int32"],
  Sign: ["float32", "int32"],
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

/** Whole quotients and powers round and overflow differently in TensorFlow.js and ONNX Runtime. */
const FLOAT_ARITHMETIC = ["Pow", "RealDiv"];

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
  // One of them keeps the shape: two uniform constants would otherwise both become scalars.
  const right = unexpanded(builder, b, left === a && sameShape(a.shape, shape));
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
  defineLowering(kernel, ({ builder, inputs: { x } }) => {
    demand(kernel, [x], ...UNARY_TYPES[kernel] ?? ["float32"]);
    return builder.emit(op, [x], x);
  });
}

for (const [kernel, op] of Object.entries(ARITHMETIC)) {
  defineLowering(kernel, ({ builder, inputs: { a, b } }) => {
    demand(kernel, [a, b], "float32", ...FLOAT_ARITHMETIC.includes(kernel) ? [] : ["int32" as const]);
    return binary(builder, op, a, b, a.dtype);
  });
}

for (const [kernel, op] of Object.entries(COMPARISON)) {
  defineLowering(kernel, ({ builder, inputs: { a, b } }) => {
    if (/Greater|Less/.test(kernel)) demand(kernel, [a, b], "int32", "float32");
    return binary(builder, op, a, b, "bool");
  });
}

defineLowering("Square", ({ builder, inputs: { x } }) => {
  demand("Square", [x], "float32", "int32");
  return builder.emit("Mul", [x, x], x);
});

defineLowering("SquaredDifference", ({ builder, inputs: { a, b } }) => {
  demand("SquaredDifference", [a, b], "float32", "int32");
  const difference = binary(builder, "Sub", a, b, a.dtype);
  return builder.emit("Mul", [difference, difference], difference);
});

defineLowering("Rsqrt", ({ builder, inputs: { x } }) => {
  demand("Rsqrt", [x], "float32");
  return builder.emit("Reciprocal", [builder.emit("Sqrt", [x], x)], x);
});

/** step(x) = 1 where x > 0, alpha elsewhere. */
defineLowering("Step", ({ builder, inputs: { x }, attrs }) => {
  const positive = binary(builder, "Greater", x, builder.filled(0, [], x.dtype), "bool");
  if (!attrs.alpha) return cast(builder, positive, x.dtype);
  const [one, alpha] = [1, attrs.alpha].map((n) => builder.filled(n, [], x.dtype));
  return builder.emit("Where", [positive, one, alpha], x);
});

defineLowering("Select", ({ builder, inputs: { condition, t, e } }) => {
  demand("Select", [t, e], "float32", "int32");
  const shape = tf.broadcast_util.assertAndGetBroadcastShape([...t.shape], [...e.shape]);
  const dtype = tf.upcastType(t.dtype as tf.DataType, e.dtype as tf.DataType) as DType;
  const chosen = [t, e].map((v) => cast(builder, unexpanded(builder, v, sameShape(condition.shape, shape)), dtype));
  return builder.emit("Where", [cast(builder, condition, "bool"), ...chosen], { shape, dtype });
});

defineLowering("Cast", ({ builder, inputs: { x }, attrs }) => cast(builder, x, attrs.dtype));
defineLowering("Identity", ({ inputs: { x } }) => x);
defineLowering("ZerosLike", ({ builder, inputs: { x } }) => builder.filled(0, x.shape, x.dtype));
defineLowering("OnesLike", ({ builder, inputs: { x } }) => builder.filled(1, x.shape, x.dtype));
defineLowering(
  "Fill",
  ({ builder, attrs }) => builder.filled(attrs.value, attrs.shape, attrs.dtype ?? tf.util.inferDtype(attrs.value)),
);

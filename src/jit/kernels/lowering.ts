import * as tf from "@tensorflow/tfjs";
import { BACKEND, type TraceBackend, TraceError } from "../backend.ts";
import { type DType, type GraphBuilder, sameShape, sizeOf, type Value } from "../graph.ts";

/** What a lowering sees of one TensorFlow.js kernel call. */
export interface Call {
  readonly builder: GraphBuilder;
  /** Inputs by TensorFlow.js's names (or by index, for kernels that take a list). */
  readonly inputs: Readonly<Record<string, Value>>;
  readonly list: readonly Value[];
  // deno-lint-ignore no-explicit-any -- attributes are kernel specific and untyped in TensorFlow.js
  readonly attrs: any;
}

/** Translates one kernel call into graph nodes. */
export type Lowering = (call: Call) => Value | readonly Value[];

const lowered = new Set<string>();

/** Makes a TensorFlow.js kernel traceable. */
export function defineLowering(kernelName: string, lower: Lowering): void {
  lowered.add(kernelName);
  tf.registerKernel({
    kernelName,
    backendName: BACKEND,
    kernelFunc: ({ inputs, attrs, backend }) => {
      const trace = backend as TraceBackend;
      const entries = Object.entries(inputs).filter(([, info]) => info);
      const values = entries.map(([name, info]) => [name, trace.graphValue(info as tf.TensorInfo)] as const);
      const result = lower({
        builder: trace.builder,
        inputs: Object.fromEntries(values),
        list: values.map(([, value]) => value),
        attrs,
      });
      return Array.isArray(result) ? result.map((value) => trace.infoOf(value)) : trace.infoOf(result as Value);
    },
  });
}

/** The kernels that can be traced, sorted. */
export const loweredKernels = (): string[] => [...lowered].sort();

/** Names the kernel in TensorFlow.js's own "not registered" error and says what to do. */
export function explainMissingKernel(error: unknown): unknown {
  const match = error instanceof Error && /Kernel '(\w+)' not registered/.exec(error.message);
  if (!match) return error;
  return new TraceError(
    `trace: TensorFlow.js kernel '${match[1]}' has no lowering; add one under src/jit/kernels`,
  );
}

/** Refuses element types for which the ONNX operator is missing or means something else than in TensorFlow.js. */
export function demand(what: string, values: readonly Value[], ...allowed: DType[]): void {
  const wrong = values.find(({ dtype }) => !allowed.includes(dtype));
  if (wrong) throw new TraceError(`trace: ${what} of ${wrong.dtype} has no lowering; cast to ${allowed.join(" or ")}`);
}

/** `value` with another shape and the same elements. */
export function reshape(builder: GraphBuilder, value: Value, shape: readonly number[]): Value {
  if (sameShape(value.shape, shape)) return value;
  if (value.fill !== undefined) return builder.filled(value.fill, shape, value.dtype);
  if (value.data) return builder.constant(value.data, shape, value.dtype);
  const from = value.producer?.op === "Reshape" ? value.producer.inputs[0]! : value;
  if (sameShape(from.shape, shape)) return from;
  return builder.emit("Reshape", [from, indices(builder, shape)], { shape, dtype: value.dtype });
}

/** An int64 vector literal, as ONNX wants for axes, shapes and sizes. */
export const indices = (builder: GraphBuilder, values: readonly number[]): Value =>
  builder.constant(values, [values.length], "int64");

export function cast(builder: GraphBuilder, value: Value, dtype: DType): Value {
  if (value.dtype === dtype) return value;
  const to = { float32: 1, int32: 6, int64: 7, bool: 9 }[dtype];
  return builder.emit("Cast", [value], { shape: value.shape, dtype, attributes: { to } });
}

/** `value` repeated up to `shape` by the rules of broadcasting. */
export function expand(builder: GraphBuilder, value: Value, shape: readonly number[]): Value {
  if (sameShape(value.shape, shape)) return value;
  if (value.fill !== undefined) return builder.filled(value.fill, shape, value.dtype);
  if (sizeOf(value.shape) === sizeOf(shape)) return reshape(builder, value, shape);
  return builder.emit("Expand", [value, indices(builder, shape)], { shape, dtype: value.dtype });
}

export const axesOf = (axis: number | readonly number[] | null | undefined, rank: number): number[] =>
  tf.util.parseAxisParam((axis ?? null) as number[], Array(rank).fill(1));

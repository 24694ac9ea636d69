import * as tf from "@tensorflow/tfjs";
import type { DType, GraphBuilder, Value } from "./graph.ts";

export const BACKEND = "driven-hunt-trace";

/** Something a traced program may not do: read a value, or use a kernel without a lowering. */
export class TraceError extends Error {
  override readonly name = "TraceError";
}

/**
 * A TensorFlow.js backend whose tensors are values of a graph under construction.
 *
 * Every tensor gets a fresh data id, so that TensorFlow.js's own accounting of tensors stays right. Data ids that this
 * backend does not know belong to eager tensors that the traced function captured; they would silently become
 * constants, so `move` refuses them.
 */
export class TraceBackend extends tf.KernelBackend {
  #values = new Map<tf.DataId, Value>();
  #builder: GraphBuilder | null = null;

  /** Runs `body` with `builder` receiving every operation. */
  recording<T>(builder: GraphBuilder, body: () => T): T {
    if (this.#builder) throw new TraceError("trace: another trace is under way; traces do not nest");
    this.#builder = builder;
    try {
      return body();
    } finally {
      this.#builder = null;
      this.#values.clear();
    }
  }

  get builder(): GraphBuilder {
    if (!this.#builder) throw new TraceError("trace: an operation ran outside of a trace");
    return this.#builder;
  }

  graphValue(info: tf.TensorInfo): Value {
    const value = this.#values.get(info.dataId);
    if (!value) {
      throw new TraceError("trace: a tensor from outside the traced function was used; pass it as an input");
    }
    // A reshape of TensorFlow.js may share data under another shape; the caller sees the shape it asked for.
    return value;
  }

  infoOf(value: Value): tf.TensorInfo {
    if (!["float32", "int32", "bool"].includes(value.dtype)) {
      throw new TraceError(`trace: element type '${value.dtype}' cannot be traced; use float32, int32 or bool`);
    }
    const dataId = {};
    this.#values.set(dataId, value);
    return { dataId, shape: [...value.shape], dtype: value.dtype as tf.DataType };
  }

  override write(values: tf.BackendValues, shape: number[], dtype: tf.DataType): tf.DataId {
    const data = values as ArrayLike<number>;
    const value = data
      ? this.builder.constant(data, shape, dtype as DType)
      : this.builder.filled(0, shape, dtype as DType);
    return this.infoOf(value).dataId;
  }

  override move(): void {
    throw new TraceError("trace: a tensor from outside the traced function was used; pass it as an input");
  }

  override read(): Promise<tf.BackendValues> {
    throw new TraceError("trace: the traced function reads a tensor's data; a step must be a pure function of tensors");
  }

  override readSync(): tf.BackendValues {
    return this.read() as never;
  }

  override disposeData(dataId: tf.DataId): boolean {
    this.#values.delete(dataId);
    return true;
  }

  override refCount = () => 1;
  override incRef = () => {};
  override numDataIds = () => this.#values.size;
  override memory = () => ({ unreliable: true, reasons: ["symbolic"] });
  override floatPrecision = (): 16 | 32 => 32;
  override dispose = () => this.#values.clear();
}

import * as tf from "@tensorflow/tfjs";
import { BACKEND, TraceBackend, TraceError } from "./backend.ts";
import { type Graph, GraphBuilder, sameShape, type Value } from "./graph.ts";
import "./kernels/mod.ts";
import { explainMissingKernel } from "./kernels/lowering.ts";

/** Shape and element type of one input. */
export interface TensorSpec {
  readonly shape: readonly number[];
  readonly dtype: "float32" | "int32" | "bool";
}

export type Specs = Readonly<Record<string, TensorSpec>>;
export type Tensors = Readonly<Record<string, tf.Tensor>>;

const backend = new TraceBackend();
tf.registerBackend(BACKEND, () => backend, -1);

/**
 * Runs `program` once on symbolic tensors and returns the graph of what it computed.
 *
 * `program` must be a pure function of its inputs: it may not read a tensor's data, nor use tensors made outside.
 * Gradients taken inside (`tf.valueAndGrads`, `tf.customGrad`) are traced like everything else.
 *
 * @throws {TraceError} on a data read, a captured tensor, or a kernel without a lowering (which it names).
 */
export function trace(program: (inputs: Tensors) => Tensors, specs: Specs): Graph {
  const previous = tf.getBackend() || "cpu"; // TensorFlow.js may not have chosen one yet
  const builder = new GraphBuilder();
  tf.setBackend(BACKEND);
  try {
    return backend.recording(builder, () => {
      let graph: Graph | undefined;
      // The graph is not tidy's result, for tidy would search all of it for tensors.
      tf.tidy(() => {
        graph = finish(builder, program(symbols(builder, specs)));
      });
      return graph!;
    });
  } catch (error) {
    throw explainMissingKernel(error);
  } finally {
    if (previous !== BACKEND) tf.setBackend(previous);
  }
}

function tensorOf(value: Value): tf.Tensor {
  const { dataId, shape, dtype } = backend.infoOf(value);
  return tf.engine().makeTensorFromDataId(dataId, shape, dtype);
}

function symbols(builder: GraphBuilder, specs: Specs): Tensors {
  const entries = Object.entries(specs);
  return Object.fromEntries(entries.map(([name, s]) => [name, tensorOf(builder.input(name, s.shape, s.dtype))]));
}

function finish(builder: GraphBuilder, outputs: Tensors): Graph {
  const named = Object.entries(outputs).map(([name, tensor]) => {
    if (!(tensor instanceof tf.Tensor)) throw new TraceError(`trace: output '${name}' is not a tensor`);
    const value = backend.graphValue(tensor);
    if (!sameShape(value.shape, tensor.shape)) {
      throw new TraceError(`trace: output '${name}' has shape [${tensor.shape}] but its value has [${value.shape}]`);
    }
    return { name, value };
  });
  if (named.length === 0) throw new TraceError("trace: the traced function must return tensors by name, and at once");
  return builder.finish(named);
}

/**
 * A tracer that turns a TensorFlow.js function, gradients included, into an ONNX graph.
 *
 * It depends on TensorFlow.js and a protobuf writer only. See docs/jit.md.
 *
 * @module
 */
export { BACKEND, TraceError } from "./backend.ts";
export { type DType, type Graph, type Node, sizeOf, type Value } from "./graph.ts";
export { defineLowering, loweredKernels } from "./kernels/mod.ts";
export { encodeOnnx, inputName, OPSET, outputName } from "./onnx.ts";
export { graphText } from "./text.ts";
export { apart, type Stretch } from "./apart.ts";
export { PACKED, packed } from "./pack.ts";
export { needed } from "./prune.ts";
export { splitsAsSlices } from "./rewrite.ts";
export { type Lanes, vmap, vmappedOperators } from "./vmap.ts";
export { type Specs, type Tensors, type TensorSpec, trace } from "./trace.ts";
export { normalise } from "./ops.ts";
export * from "./sweep/mod.ts";

/**
 * A compiler for TensorFlow.js functions, gradients included: traced once to a graph, run as one call a step.
 *
 * `compile` gives a program that trains on one thread; `trace`, `vmap` and `encodeOnnx` are its parts, which depend on
 * TensorFlow.js and a protobuf writer only. See src/jit/README.md for examples and docs/jit.md for how it works.
 *
 * @module
 */
export { BACKEND, TraceError } from "./backend.ts";
export { flopsOf } from "./flops.ts";
export { type DType, type Graph, type Node, sizeOf, type Value } from "./graph.ts";
export { defineLowering, loweredKernels } from "./kernels/mod.ts";
export { encodeOnnx, inputName, OPSET, outputName } from "./onnx.ts";
export { graphText } from "./text.ts";
export { compile } from "./compile/mod.ts";
export { allocate, type HostArray, type HostArrays, partition, type Program, type ProgramSpec } from "./program.ts";
export { apart, type Stretch } from "./apart.ts";
export { PACKED, packed } from "./pack.ts";
export { needed } from "./prune.ts";
export { evenSums, splitsAsSlices } from "./rewrite.ts";
export { type Lanes, vmap, vmappedOperators } from "./vmap.ts";
export { type Specs, type Tensors, type TensorSpec, trace } from "./trace.ts";
export { normalise } from "./ops.ts";
export * from "./sweep/mod.ts";

import type * as ort from "onnxruntime-node";

/** Where ONNX Runtime computes. */
export type Provider = "cpu" | "webgpu";

/**
 * Same graph, same level, same thread count → bitwise equal runs; levels differ from each other, so the level is pinned.
 * One thread a run: runs are what is parallel.
 *
 * Subnormal numbers count as zero. Under coupled decay the weights that the loss does not see fall to 10⁻³⁸ and below, and
 * a processor takes ten to thirty times as long for a step with such numbers in it. ONNX Runtime sets this once, on the
 * thread that makes the first session; so it holds for WebAssembly and JavaScript on that thread
 * too.
 */
export const sessionOptions = (provider: Provider): ort.InferenceSession.SessionOptions => ({
  executionProviders: [provider],
  graphOptimizationLevel: "all",
  executionMode: "sequential",
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  logSeverityLevel: 3,
  extra: { session: { set_denormal_as_zero: "1" } },
});

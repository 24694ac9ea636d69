import { type Engine, type EngineEntry, EngineUnavailable } from "./engine.ts";

export * from "./engine.ts";

const absent = (id: string, summary: string, reason: string): EngineEntry => ({
  id,
  summary: `${summary} (not in this version)`,
  start: () => Promise.reject(new EngineUnavailable(`engine '${id}': ${reason}; use --engine onnx`)),
});

/** Every engine; optional ones load their packages only when they are started. */
export const engines: readonly EngineEntry[] = [
  {
    id: "onnx",
    summary: "TensorFlow.js step traced to ONNX, run by onnxruntime-node on one thread (default)",
    start: async () => (await import("./onnx.ts")).startOnnx(),
  },
  {
    id: "wasm",
    summary: "TensorFlow.js on WebAssembly, eager, one thread",
    start: async () => (await import("./wasm.ts")).startWasm(),
  },
  {
    id: "cpu",
    summary: "TensorFlow.js in plain JavaScript, eager; slow, the oracle of the tests",
    start: async () => (await import("./eager.ts")).startEager("cpu", {}),
  },
  absent("tensorflow", "native TensorFlow through tfjs-node, eager", "npm:@tensorflow/tfjs-node is not wired up"),
  absent("tensorflow-gpu", "CUDA through tfjs-node-gpu, eager", "npm:@tensorflow/tfjs-node-gpu is not wired up"),
  absent("webgpu", "TensorFlow.js WebGPU on Deno's device, eager", "tfjs-backend-webgpu is not wired up"),
];

/** Starts an engine by name. */
export function startEngine(id: string): Promise<Engine> {
  const entry = engines.find((engine) => engine.id === id);
  if (!entry) throw new EngineUnavailable(`engine '${id}': unknown; one of ${engines.map((e) => e.id).join(", ")}`);
  return entry.start();
}

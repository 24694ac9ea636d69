import config from "../../deno.json" with { type: "json" };
import { find } from "../errors.ts";
import type { Engine, EngineEntry } from "./engine.ts";
import { findLibrary, PACKAGE, type Variant } from "./tensorflow/library.ts";

export * from "./engine.ts";

const TFJS = "@tensorflow/tfjs";

function tensorflow(id: string, variant: Variant, summary: string): EngineEntry {
  const native = (): Record<string, string> => {
    const library = findLibrary(variant);
    return library ? { libtensorflow: library.version } : {};
  };
  const start = async () => (await import("./tensorflow/start.ts")).startTensorflow(variant);
  return { id, summary, packages: [TFJS, PACKAGE], native, start };
}

/** Every engine; optional ones load their packages only when they are started. */
export const engines: readonly EngineEntry[] = [
  {
    id: "onnx",
    summary: "TensorFlow.js step traced to ONNX, run by onnxruntime-node on one thread (default)",
    packages: [TFJS, "onnxruntime-node"],
    native: () => ({ subnormals: "zero" }),
    start: async () => (await import("./onnx/start.ts")).startOnnx(),
  },
  {
    id: "onnx:webgpu",
    summary: "the same on ONNX Runtime's own WebGPU, many seeds at once; any GPU",
    hasLanes: true,
    packages: [TFJS, "onnxruntime-node"],
    start: async () => (await import("./onnx/start.ts")).startOnnxWebgpu(),
  },
  {
    id: "wasm",
    summary: "TensorFlow.js on WebAssembly, eager, one thread",
    packages: [TFJS, "@tensorflow/tfjs-backend-wasm"],
    start: async () => (await import("./wasm.ts")).startWasm(),
  },
  {
    id: "cpu",
    summary: "TensorFlow.js in plain JavaScript, eager; slow, the oracle of the tests",
    packages: [TFJS],
    start: async () => (await import("./eager.ts")).startEager("cpu"),
  },
  tensorflow("tensorflow", "cpu", "native TensorFlow through tfjs-node, eager, one thread"),
  tensorflow("tensorflow-gpu", "gpu", "TensorFlow on CUDA through tfjs-node-gpu, eager"),
  {
    id: "webgpu",
    summary: "TensorFlow.js WebGPU on Deno's device, eager; any GPU",
    packages: [TFJS, "@tensorflow/tfjs-backend-webgpu"],
    start: async () => (await import("./webgpu.ts")).startWebgpu(),
  },
];

/** Starts an engine by name. @throws {UsageError} for an unknown one, {EngineUnavailable} for an absent one. */
export const startEngine = (id: string): Promise<Engine> => find("engine", engines, id).start();

/** Versions of packages as they are pinned in deno.json. */
export function packageVersions(names: readonly string[]): Record<string, string> {
  const pins: Record<string, string> = config.imports;
  return Object.fromEntries(names.map((name) => [name, pins[name].slice(pins[name].lastIndexOf("@") + 1)]));
}

/** What determines an engine's arithmetic: packages, with the versions pinned in deno.json, and what goes with them. */
export function engineVersions(id: string): Record<string, string> {
  const { packages, native } = find("engine", engines, id);
  return { ...packageVersions(packages), ...native?.() };
}

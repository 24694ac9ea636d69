import { createRequire } from "node:module";
import util from "node:util";
import * as tf from "@tensorflow/tfjs";
import { startEager } from "../eager.ts";
import { type Engine, EngineUnavailable } from "../engine.ts";
import { findLibrary, PACKAGE, type Variant } from "./library.ts";

const BACKEND = "tensorflow";

/**
 * Read by libtensorflow when it is loaded. One thread a run, as in every engine: runs are what is parallel, and sums are
 * then added up in one order. On a GPU several runs share the memory.
 */
const SETTINGS: Readonly<Record<Variant, Readonly<Record<string, string>>>> = {
  cpu: { TF_NUM_INTRAOP_THREADS: "1", TF_NUM_INTEROP_THREADS: "1", CUDA_VISIBLE_DEVICES: "-1" },
  // Matrix products in TensorFloat-32, the default of newer GPUs, keep three digits: that is another arithmetic.
  gpu: { TF_FORCE_GPU_ALLOW_GROWTH: "true", NVIDIA_TF32_OVERRIDE: "0" },
};
const COMMON = { TF_CPP_MIN_LOG_LEVEL: "2", TF_DETERMINISTIC_OPS: "1" };

/** The id of an engine that runs on a kind of device. */
const idOf = (variant: Variant) => variant === "gpu" ? "tensorflow-gpu" : "tensorflow";

const HOW: Readonly<Record<Variant, string>> = {
  cpu: "build it with 'deno task engine:tensorflow'",
  gpu: "build it with 'deno task engine:tensorflow --gpu'",
};

let started: Variant | null = null;

/** Registers tfjs-node's backend over a library. Only one can be loaded in a process. */
async function register(variant: Variant, addon: string): Promise<void> {
  for (const [name, value] of Object.entries({ ...COMMON, ...SETTINGS[variant] })) Deno.env.set(name, value);
  // tfjs-node 4.22 calls a function of Node's that Deno does not have.
  Object.assign(util, { isNullOrUndefined: (x: unknown) => x === null || x === undefined });
  // Its main module looks for the addon in its own folder alone, so its parts are taken one by one.
  const { NodeJSKernelBackend } = await import("@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js");
  await import("@tensorflow/tfjs-node-gpu/dist/register_all_kernels.js");
  const binding = createRequire(import.meta.url)(addon);
  tf.registerBackend(BACKEND, () => new NodeJSKernelBackend(binding, PACKAGE), 3);
}

const usesGpu = () => (tf.backend() as unknown as { readonly isUsingGpuDevice: boolean }).isUsingGpuDevice;

/**
 * Native TensorFlow through tfjs-node, operation by operation.
 *
 * @throws {EngineUnavailable} where its library is not built, cannot be loaded, or sees no GPU
 */
export async function startTensorflow(variant: Variant): Promise<Engine> {
  const id = idOf(variant);
  const library = findLibrary(variant);
  if (!library) throw new EngineUnavailable(id, `there is no native TensorFlow here; ${HOW[variant]}`);
  if (started && started !== variant) {
    throw new EngineUnavailable(id, `this process has loaded '${idOf(started)}', and can load one only`);
  }
  try {
    if (!started) await register(variant, library.addon);
  } catch (error) {
    const reason = (error as Error).message.split("\n")[0];
    throw new EngineUnavailable(id, `${library.addon} cannot be loaded: ${reason}; ${HOW[variant]}`);
  }
  started = variant;
  const engine = await startEager(BACKEND);
  if (variant === "gpu" && !usesGpu()) {
    throw new EngineUnavailable(
      id,
      `TensorFlow ${library.version} sees no CUDA device; see docs/engines.md`,
    );
  }
  return variant === "gpu" ? { ...engine, id, device: "CUDA" } : { ...engine, id };
}

import { settleDrivers } from "./drivers.ts";
import { startEager } from "./eager.ts";
import { type Engine, EngineUnavailable } from "./engine.ts";

/**
 * TensorFlow.js WebGPU on Deno's own device, operation by operation; a software adapter does too.
 *
 * @throws {EngineUnavailable} where Deno finds no adapter
 */
export async function startWebgpu(): Promise<Engine> {
  settleDrivers();
  // Without one, TensorFlow.js falls back to another backend in silence.
  const adapter = await navigator.gpu?.requestAdapter();
  if (!adapter) {
    const software = "on Linux without a GPU the package mesa-vulkan-drivers has one in software";
    throw new EngineUnavailable(`engine 'webgpu': Deno finds no graphics adapter here; ${software}`);
  }
  await import("@tensorflow/tfjs-backend-webgpu");
  const { description, device, vendor } = adapter.info;
  return { ...await startEager("webgpu"), device: description || `${vendor} ${device}` };
}

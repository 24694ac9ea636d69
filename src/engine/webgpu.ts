import * as tf from "@tensorflow/tfjs";
import { settleDrivers } from "./drivers.ts";
import { startEager } from "./eager.ts";
import { type Engine, EngineFailed, EngineUnavailable, type Program } from "./engine.ts";

/** How long after an error a complaint of the device is waited for. */
const COMPLAINT_MS = 50;

/**
 * What a graphics device complains of. It tells nobody who does not listen: TensorFlow.js goes on with buffers that are
 * none, and meets them as an "invalid buffer" or not at all.
 */
export class Complaints {
  #first: Error | null = null;

  constructor(device: GPUDevice) {
    device.addEventListener("uncapturederror", (event) => {
      const { error } = event as GPUUncapturedErrorEvent;
      const said = `engine 'webgpu': the graphics device says '${error.constructor.name}: ${error.message}'`;
      // A call that is not valid is a slip of a program, and is one again every time.
      this.#first ??= error instanceof GPUValidationError ? new Error(said) : gaveUp(said);
    });
    void device.lost.then(({ reason, message }) => {
      this.#first ??= gaveUp(`engine 'webgpu': the graphics device is lost (${reason}): ${message}`);
    });
  }

  /** Lets `work` reach its end. @throws what the device complained of first, in place of a result or an error after it */
  async watch<T>(work: () => Promise<T>): Promise<T> {
    try {
      const result = await work();
      this.#refuse();
      return result;
    } catch (error) {
      // Complaints arrive as events, a moment after the call that they are about.
      await new Promise<void>((done) => setTimeout(done, COMPLAINT_MS));
      this.#refuse();
      throw error;
    }
  }

  #refuse(): void {
    if (this.#first !== null) throw this.#first;
  }
}

const gaveUp = (said: string) => new EngineFailed(`${said}; give the same command again`);

const watched = (program: Program, complaints: Complaints): Program => ({
  load: (state) => program.load(state),
  run: (inputs) => complaints.watch(() => program.run(inputs)),
  state: () => complaints.watch(() => program.state()),
  dispose: () => program.dispose(),
});

/**
 * TensorFlow.js WebGPU on Deno's own device, operation by operation; a software adapter does too.
 *
 * @throws {EngineUnavailable} where Deno finds no adapter; its programs {EngineFailed} once the device has given up
 */
export async function startWebgpu(): Promise<Engine> {
  settleDrivers();
  // Without one, TensorFlow.js falls back to another backend in silence.
  const adapter = await navigator.gpu?.requestAdapter();
  if (!adapter) {
    const software = "on Linux without a GPU the package mesa-vulkan-drivers has one in software";
    throw new EngineUnavailable("webgpu", `Deno finds no graphics adapter here; ${software}`);
  }
  await import("@tensorflow/tfjs-backend-webgpu");
  const { description, device, vendor } = adapter.info;
  const engine = await startEager("webgpu");
  const complaints = new Complaints((tf.backend() as tf.KernelBackend & { readonly device: GPUDevice }).device);
  return {
    ...engine,
    device: description || `${vendor} ${device}`,
    compile: async (spec) => watched(await engine.compile(spec), complaints),
  };
}

import * as tf from "@tensorflow/tfjs";
import { compile } from "../../jit/compile/program.ts";
import { settleDrivers } from "../drivers.ts";
import { type Engine, EngineUnavailable } from "../engine.ts";
import { Lanes, type WideEngine } from "../lanes.ts";
import { compileOnDevice } from "./device_program.ts";

/**
 * Makes the first session. It shows whether there is what the provider needs, and it sets the arithmetic of the thread
 * (see `sessionOptions`), of which a program that is nothing but a sweep has need as well.
 */
async function begin(compile: Engine["compile"]): Promise<void> {
  tf.enableProdMode();
  if (!tf.getBackend()) await tf.setBackend("cpu");
  const x = { shape: [1], dtype: "float32" } as const;
  await (await compile({ state: {}, inputs: { x }, body: (given) => ({ y: tf.neg(given.x) }) })).dispose();
}

/**
 * The compiled engine: each program is traced once to an ONNX graph that ONNX Runtime executes on one thread, and to a
 * sweep of its state in WebAssembly on the same thread. It has no lanes: a core has nothing to gain from them, and some of
 * ONNX Runtime's sums depend on where in memory a lane lies, so that a record would depend on its neighbours.
 */
export async function startOnnx(): Promise<Engine> {
  await begin(compile);
  return { id: "onnx", compile: (spec) => compile(spec) };
}

/**
 * The same graphs on ONNX Runtime's own WebGPU, where the state stays from step to step. Every run is a lane of a wide program,
 * one that is alone too, so that what it computes does not depend on how many there are.
 *
 * @throws {EngineUnavailable} where ONNX Runtime finds no adapter that it can use
 */
export async function startOnnxWebgpu(): Promise<Engine> {
  settleDrivers();
  const id = "onnx:webgpu";
  try {
    await begin(compileOnDevice);
  } catch (error) {
    const reason = /Failed to get a WebGPU adapter: [^\n]*/.exec((error as Error).message);
    if (!reason) throw error;
    throw new EngineUnavailable(id, `ONNX Runtime found no usable one: ${reason[0]}; see docs/engines.md`);
  }
  const wide: WideEngine = {
    id,
    device: "WebGPU",
    compileWide: (spec, count) => compileOnDevice(spec, { count }),
  };
  return { ...wide, compile: (spec) => new Lanes(wide, 1).join().compile(spec) };
}

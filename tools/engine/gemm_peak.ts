import * as tf from "@tensorflow/tfjs";
import type { Engine } from "../../src/engine/mod.ts";

/** Large enough to be at the peak, small enough for a last-level cache. */
const SIZE = 768;

/** The rate at which an engine multiplies two large matrices: what its programs could reach at best. */
export interface GemmPeak {
  /** 10⁹ floating-point operations per second of one product. */
  measure(): Promise<number>;
  stop(): Promise<void>;
}

export async function gemmPeak(engine: Engine): Promise<GemmPeak> {
  const square = { shape: [SIZE, SIZE], dtype: "float32" } as const;
  // One number out, so that no time goes into copying a matrix to the host.
  const body = ({ a, b }: Readonly<Record<string, tf.Tensor>>) => ({ largest: tf.max(tf.matMul(a, b)) });
  const program = await engine.compile({ state: { a: square, b: square }, inputs: {}, body });
  const matrix = (factor: number) => Float32Array.from({ length: SIZE * SIZE }, (_, i) => Math.sin(factor * i));
  program.load({ a: matrix(1), b: matrix(2) });
  return {
    async measure() {
      const start = performance.now();
      await program.run({});
      return 2 * SIZE ** 3 / (performance.now() - start) / 1e6;
    },
    stop: () => program.dispose(),
  };
}

import * as tf from "@tensorflow/tfjs";
import type { Engine, HostArrays, Program, ProgramSpec } from "../../src/engine/mod.ts";

/** Large enough to be at the peak, small enough for a last-level cache. */
const SIZE = 768;
/** Of a vector: too large for any cache. */
const LENGTH = 2 ** 24;

/** What an engine could reach at best. */
export interface Rates {
  /** 10⁹ floating-point operations a second of one large matrix product. */
  readonly gflops: number;
  /** 10⁹ bytes a second of one sum over a long vector, read and written. */
  readonly gigabytes: number;
}

export interface Peaks {
  measure(): Promise<Rates>;
  stop(): Promise<void>;
}

/** A program of one run, also where an engine has every run twice. */
const compileOne = (engine: Engine, spec: ProgramSpec): Promise<Program> =>
  engine.compileWide ? engine.compileWide(spec, 1) : engine.compile(spec);

/** Time of one call in milliseconds. */
async function timed(program: Program, inputs: HostArrays): Promise<number> {
  const start = performance.now();
  await program.run(inputs);
  return performance.now() - start;
}

export async function peaksOf(engine: Engine): Promise<Peaks> {
  const square = { shape: [SIZE, SIZE], dtype: "float32" } as const;
  const vector = { shape: [LENGTH], dtype: "float32" } as const;
  // One number out, so that no time goes into copying to the host.
  const product = await compileOne(engine, {
    state: { a: square, b: square },
    inputs: {},
    body: ({ a, b }) => ({ largest: tf.max(tf.matMul(a, b)) }),
  });
  const sum = await compileOne(engine, {
    state: { x: vector },
    inputs: { y: { shape: [], dtype: "float32" } },
    body: ({ x, y }) => ({ x: tf.add(x, y), first: tf.slice(x, [0], [1]) }),
  });
  const matrix = (factor: number) => Float32Array.from({ length: SIZE * SIZE }, (_, i) => Math.sin(factor * i));
  product.load({ a: matrix(1), b: matrix(2) });
  sum.load({ x: new Float32Array(LENGTH) });
  return {
    async measure() {
      const gflops = 2 * SIZE ** 3 / await timed(product, {}) / 1e6;
      const bytes = 2 * LENGTH * Float32Array.BYTES_PER_ELEMENT;
      return { gflops, gigabytes: bytes / await timed(sum, { y: Float32Array.of(1) }) / 1e6 };
    },
    async stop() {
      await product.dispose();
      await sum.dispose();
    },
  };
}

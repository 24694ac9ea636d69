import * as tf from "@tensorflow/tfjs";
import type { Engine, HostArrays, Program, ProgramSpec } from "../../src/engine/mod.ts";

/** Large enough to be at the peak, small enough for a last-level cache. */
const SIZE = 768;
/** Of a vector: too large for any cache. */
const LENGTH = 2 ** 24;

/** What an engine could reach at best. */
export interface Rates {
  /** 10⁹ floating-point operations a second of large matrix products. */
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

/** How often the matrix is multiplied, so that a device's round trip is little beside it. */
const PRODUCTS = 8;

/** Programs that are nothing but products, nothing but a pass through memory, and nothing: what a call takes by itself. */
function programs(engine: Engine) {
  const square = { shape: [SIZE, SIZE], dtype: "float32" } as const;
  const vector = { shape: [LENGTH], dtype: "float32" } as const;
  const number = { shape: [], dtype: "float32" } as const;
  return Promise.all([
    compileOne(engine, {
      state: { a: square, b: square },
      inputs: { y: number },
      body({ a, b, y }) {
        let product = a;
        for (let i = 0; i < PRODUCTS; i++) product = tf.matMul(product, b);
        // One number out, so that no time goes into copying to the host.
        return { largest: tf.add(tf.max(product), y) };
      },
    }),
    compileOne(engine, {
      state: { x: vector },
      inputs: { y: number },
      body: ({ x, y }) => ({ x: tf.add(x, y), first: tf.slice(x, [0], [1]) }),
    }),
    compileOne(engine, { state: {}, inputs: { y: number }, body: ({ y }) => ({ largest: tf.add(y, 1) }) }),
  ]);
}

/** Compiles what is measured; a call that does nothing is taken off each time. */
export async function peaksOf(engine: Engine): Promise<Peaks> {
  const [product, sum, nothing] = await programs(engine);
  // As long as before after each product: an orthogonal matrix would be, and this is near enough.
  const matrix = (factor: number) =>
    Float32Array.from({ length: SIZE * SIZE }, (_, i) => Math.sin(factor * i) * Math.sqrt(2 / SIZE));
  product.load({ a: matrix(1), b: matrix(2) });
  sum.load({ x: new Float32Array(LENGTH) });
  return {
    async measure() {
      const y = Float32Array.of(1);
      const idle = await timed(nothing, { y });
      const work = async (program: Program) => Math.max(await timed(program, { y }) - idle, 1e-3);
      const gflops = PRODUCTS * 2 * SIZE ** 3 / await work(product) / 1e6;
      return { gflops, gigabytes: 2 * LENGTH * Float32Array.BYTES_PER_ELEMENT / await work(sum) / 1e6 };
    },
    async stop() {
      for (const program of [product, sum, nothing]) await program.dispose();
    },
  };
}

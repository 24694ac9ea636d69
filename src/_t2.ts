import * as tf from "@tensorflow/tfjs";
import { encodeOnnx, trace } from "./engine/jit/mod.ts";
import * as ort from "onnxruntime-node";
tf.enableProdMode();
await tf.setBackend("cpu");
async function time(name: string, f: any, specs: any, flops = 0) {
  const g = trace(f, specs);
  const s = await ort.InferenceSession.create(encodeOnnx(g), {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    graphOptimizationLevel: "all",
  });
  const feeds: any = {};
  for (const [k, v] of Object.entries(specs) as any) {
    const n = v.shape.reduce((a: number, b: number) => a * b, 1);
    feeds[k] = new ort.Tensor(
      v.dtype,
      v.dtype === "int32"
        ? Int32Array.from({ length: n }, () => Math.random() * 97 | 0)
        : Float32Array.from({ length: n }, () => Math.random() - .5),
      v.shape,
    );
  }
  const fetches: any = {};
  for (const o of g.outputs) {
    fetches[o.name] = new ort.Tensor(
      "float32",
      new Float32Array(o.value.shape.reduce((a, b) => a * b, 1)),
      o.value.shape as any,
    );
  }
  const t: number[] = [];
  for (let i = 0; i < 40; i++) {
    const t0 = performance.now();
    await (s as any).handler.run(feeds, fetches, {});
    t.push(performance.now() - t0);
  }
  t.sort((a, b) => a - b);
  const m = t[20];
  console.log(name.padEnd(34), m.toFixed(3), "ms", flops ? (flops / m / 1e6).toFixed(1) + " GF/s" : "");
}
const M = 1024, K = 128, N = 512;
const F = 2 * M * K * N;
const mm = (ta: boolean, tb: boolean) => ({ a, b }: any) => ({ c: tf.matMul(a, b, ta, tb) });
const S = (...shape: number[]) => ({ shape, dtype: "float32" });
await time("x[M,K] w[K,N]", mm(false, false), { a: S(M, K), b: S(K, N) }, F);
await time("x[M,K] wT[N,K]", mm(false, true), { a: S(M, K), b: S(N, K) }, F);
await time("dx = dy[M,N] w[K,N]T", mm(false, true), { a: S(M, N), b: S(K, N) }, F);
await time("dx = dy[M,N] w[N,K]", mm(false, false), { a: S(M, N), b: S(N, K) }, F);
await time("dw = xT dy [K,N]", mm(true, false), { a: S(M, K), b: S(M, N) }, F);
await time("dw = dyT x [N,K]", mm(true, false), { a: S(M, N), b: S(M, K) }, F);
for (
  const [n, f] of [
    ["greater+where", ({ y, d }: any) => ({ o: tf.where(tf.greater(y, 0), d, tf.scalar(0)) })],
    ["step*d", ({ y, d }: any) => ({ o: tf.mul(tf.step(y), d) })],
    ["sign*d", ({ y, d }: any) => ({ o: tf.mul(tf.sign(y), d) })],
    ["relu", ({ y }: any) => ({ o: tf.relu(y) })],
    ["add", ({ y, d }: any) => ({ o: tf.add(y, d) })],
  ] as any
) await time(n, f, { y: S(M, N), d: S(M, N) });
const P = 430000;
for (
  const [n, f] of [
    ["mul scalar", ({ y }: any) => ({ o: tf.mul(y, 0.9) })],
    ["add", ({ y, d }: any) => ({ o: tf.add(y, d) })],
    ["div", ({ y, d }: any) => ({ o: tf.div(y, d) })],
    ["sqrt", ({ y }: any) => ({ o: tf.sqrt(y) })],
    ["sumsq", ({ y }: any) => ({ o: tf.sum(tf.square(y)) })],
    ["dot", ({ y }: any) => ({ o: tf.matMul(tf.reshape(y, [1, P]), tf.reshape(y, [P, 1])) })],
  ] as any
) await time(n, f, { y: S(P), d: S(P) });
for (const D of [128, 256, 512]) {
  await time("gather " + D, ({ w, i }: any) => ({ o: tf.gather(w, i) }), {
    w: S(97, D),
    i: { shape: [512], dtype: "int32" },
  });
  await time("segsum " + D, ({ w, i }: any) => ({ o: tf.unsortedSegmentSum(w, i, 97) }), {
    w: S(512, D),
    i: { shape: [512], dtype: "int32" },
  });
  await time("onehot segsum " + D, ({ w, i }: any) => ({ o: tf.matMul(tf.oneHot(i, 97).toFloat(), w, true, false) }), {
    w: S(512, D),
    i: { shape: [512], dtype: "int32" },
  });
}
await time("bias grad sum0 [1024,512]", ({ w }: any) => ({ o: tf.sum(w, 0) }), { w: S(1024, 512) });
await time("bias grad ones gemm [1024,512]", ({ w }: any) => ({ o: tf.matMul(tf.ones([1, 1024]), w) }), {
  w: S(1024, 512),
});
await time(
  "headsum gemm 512",
  ({ w }: any) => ({
    o: tf.matMul(
      w,
      tf.tensor2d(Array.from({ length: 512 }, (_, i) => Math.floor((i >> 2) / 32) === i % 4 ? 1 : 0), [128, 4]),
    ),
  }),
  { w: S(512, 128) },
);
await time("headsum reduce 512", ({ w }: any) => ({ o: tf.sum(tf.reshape(w, [512, 4, 32]), 2) }), { w: S(512, 128) });
await time(
  "expand gemm 512",
  ({ w }: any) => ({
    o: tf.matMul(
      w,
      tf.tensor2d(Array.from({ length: 512 }, (_, i) => Math.floor((i % 128) / 32) === (i >> 7) ? 1 : 0), [4, 128]),
    ),
  }),
  { w: S(512, 4) },
);
await time(
  "bcast mul 512",
  ({ w, v }: any) => ({ o: tf.reshape(tf.mul(tf.reshape(w, [512, 4, 1]), tf.reshape(v, [512, 4, 32])), [512, 128]) }),
  { w: S(512, 4), v: S(512, 128) },
);

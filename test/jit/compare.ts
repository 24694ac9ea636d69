import { assertAlmostEquals, assertArrayIncludes, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import * as ort from "onnxruntime-node";
import { stream } from "../../src/data/stream.ts";
import { BACKEND, encodeOnnx, inputName, loweredKernels, outputName, trace } from "../../src/jit/mod.ts";
import type { Graph, Specs, Tensors } from "../../src/jit/mod.ts";
import { sessionOptions } from "../../src/jit/compile/session.ts";
import type { Case, Given, Input } from "./case.ts";

/**
 * Largest difference allowed, as a fraction of the largest entry of the same tensor.
 *
 * The oracle (backend `cpu`) computes each element in float64 and rounds to float32 after every kernel; ONNX Runtime
 * computes in float32 with polynomial exp, tanh and erf of about 4 units in the last place (2⁻²³ ≈ 1.2e-7), and
 * TensorFlow.js's own erf (Abramowitz & Stegun 7.1.26) is good to 1.5e-7. Sums here have fewer than 100 terms, whose
 * rounding errors add up to about √100 · 6e-8 = 6e-7. Two such stages, forward and backward, stay below 2e-6.
 */
export const TOLERANCE = 2e-6;

export interface HostTensor {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly data: readonly number[];
}

type HostTensors = Readonly<Record<string, HostTensor>>;

const typed = ({ dtype, data }: HostTensor) => dtype === "int32" ? new Int32Array(data) : new Float32Array(data);

/** Runs a finished graph with ONNX Runtime. */
export async function runGraph(graph: Graph, inputs: HostTensors): Promise<HostTensors> {
  const session = await ort.InferenceSession.create(encodeOnnx(graph), sessionOptions("cpu"));
  const feeds = Object.entries(inputs).map(([name, tensor]) =>
    [inputName(name), new ort.Tensor(tensor.dtype as "float32", typed(tensor) as Float32Array, tensor.shape)] as const
  );
  const results = await session.run(Object.fromEntries(feeds));
  const host = Object.fromEntries(graph.outputs.map(({ name }) => {
    const { dims, type, data } = results[outputName(name)];
    return [name, { shape: [...dims], dtype: type, data: Array.from(data as Float32Array, Number) }];
  }));
  await session.release();
  return host;
}

/** Runs a function of tensors on TensorFlow.js's `cpu` backend. */
export function runEagerly(body: (given: Given) => Tensors, inputs: HostTensors): HostTensors {
  tf.setBackend("cpu");
  return hostOf(tf.tidy(() => {
    const given = Object.entries(inputs).map((
      [name, t],
    ) => [name, tf.tensor(typed(t), [...t.shape], t.dtype as "int32")]);
    return body(Object.fromEntries(given)) as Record<string, tf.Tensor>;
  }));
}

function hostOf(tensors: Tensors): HostTensors {
  const host = Object.entries(tensors).map(([name, t]) =>
    [name, { shape: t.shape, dtype: t.dtype, data: Array.from(t.dataSync(), Number) }] as const
  );
  tf.dispose(tensors as Record<string, tf.Tensor>);
  return Object.fromEntries(host);
}

export const specsOf = (inputs: Readonly<Record<string, Pick<Input, "shape" | "dtype">>>): Specs =>
  Object.fromEntries(Object.entries(inputs).map(([name, { shape, dtype }]) => [name, { shape, dtype }]));

/** The case's own numbers: the same in every run, different for every case and input. */
export function draw(name: string, inputs: Case["inputs"]): Record<string, HostTensor> {
  return Object.fromEntries(
    Object.entries(inputs).map(([key, { shape, dtype, element }]) => {
      const source = stream(0, `${name}/${key}`);
      const size = shape.reduce((a, b) => a * b, 1);
      return [key, { shape, dtype, data: Array.from({ length: size }, (_, i) => Math.fround(element(source, i))) }];
    }),
  );
}

const listOf = (result: ReturnType<Case["body"]>): readonly tf.Tensor[] =>
  Array.isArray(result) ? result : [result as tf.Tensor];

/** Outputs y0, y1, … of a case. */
const forward = (body: Case["body"]) => (given: Given): Tensors =>
  Object.fromEntries(listOf(body(given)).map((y, i) => [`y${i}`, y]));

/** The outputs and the derivative of Σᵢ ⟨yᵢ, wᵢ⟩ by every float32 input; the weights wᵢ are inputs as well. */
function withGradient(body: Case["body"], by: readonly string[]): (given: Given) => Tensors {
  return (given) => {
    const objective = (...xs: tf.Tensor[]) => {
      const outputs = forward(body)({ ...given, ...Object.fromEntries(by.map((name, i) => [name, xs[i]])) });
      const terms = Object.entries(outputs).filter(([name]) => `w/${name}` in given);
      return terms.map(([name, y]) => tf.sum(tf.mul(y, given[`w/${name}`]))).reduce((a, b) => tf.add(a, b));
    };
    const { grads } = tf.valueAndGrads(objective)(by.map((name) => given[name]));
    const derivatives = Object.fromEntries(by.map((name, i) => [`d/${name}`, grads[i]]));
    return { ...forward(body)(given), ...derivatives };
  };
}

export function assertSame(actual: HostTensor, expected: HostTensor, tolerance: number, what: string): void {
  assertEquals(actual.dtype, expected.dtype, `${what}: element type`);
  assertEquals(actual.shape, expected.shape, `${what}: shape`);
  const finite = expected.data.filter(Number.isFinite).map(Math.abs);
  const scale = finite.reduce((a, b) => Math.max(a, b), 0);
  const allowed = expected.dtype === "float32" ? tolerance * scale : 0;
  expected.data.forEach((x, i) => assertAlmostEquals(actual.data[i], x, allowed, `${what}[${i}]`));
}

const reached = new Set<string>();
for (const kernelName of loweredKernels()) {
  const config = tf.getKernel(kernelName, BACKEND) as { kernelFunc: tf.KernelFunc };
  const { kernelFunc } = config;
  config.kernelFunc = (call) => {
    reached.add(kernelName);
    return kernelFunc(call);
  };
}

/** A case as a program of all that is compared, derivatives by every float32 input included, and what it takes. */
export function programOf({ name, inputs, body, gradient }: Case) {
  const values = runEagerly(forward(body), draw(name, inputs));
  const differentiable = Object.entries(values).filter(([, y]) => y.dtype === "float32");
  const by = Object.keys(inputs).filter((key) => inputs[key].dtype === "float32");
  if (!(gradient ?? (differentiable.length > 0 && by.length > 0))) return { program: forward(body), inputs };
  const weights = differentiable.map(([key, y]) =>
    [`w/${key}`, { shape: y.shape, dtype: "float32", element: (s) => s.normal() } satisfies Input] as const
  );
  return { program: withGradient(body, by), inputs: { ...inputs, ...Object.fromEntries(weights) } };
}

/** Asserts that the case, traced and run by ONNX Runtime, gives what it gives eagerly, gradients included. */
export async function check(each: Case): Promise<void> {
  const { name, kernels, tolerance = TOLERANCE } = each;
  const { program, inputs } = programOf(each);
  const given = draw(name, inputs);
  const expected = runEagerly(program, given);
  reached.clear();
  const graph = trace(program, specsOf(inputs));
  assertArrayIncludes([...reached], [...kernels], name);
  const actual = await runGraph(graph, given);
  for (const key of Object.keys(expected)) assertSame(actual[key], expected[key], tolerance, `${name}: ${key}`);
}

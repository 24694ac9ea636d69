import { Buffer } from "node:buffer";
import { fileURLToPath } from "node:url";
import { command } from "../../src/child.ts";
import type { Split } from "../../src/data/dataset.ts";
import { UsageError } from "../../src/errors.ts";
import { lines } from "../../src/fleet/messages.ts";
import type { Contender, Setting } from "./subject.ts";

/** Environment variable that names a Python with PyTorch, JAX or both. */
export const PEER_PYTHON = "PEER_PYTHON";

/** Other frameworks, by how they run: PyTorch as bench/peers/pytorch_step.py has it, or JAX with many copies at once. */
export const MODES = ["eager", "compile", "cuda", "cuda-graph", "jax"] as const;
export type Mode = typeof MODES[number];

const scriptOf = (mode: Mode): string =>
  fileURLToPath(new URL(`../../bench/peers/${mode === "jax" ? "jax" : "pytorch"}_step.py`, import.meta.url));

const nameOf = (mode: Mode, version: string, lanes: number): string =>
  mode === "jax" ? `jax ${version}, ${lanes} at once` : `pytorch ${version} ${mode}`;

/** The same case in another framework, in a process of its own. */
export interface Peer extends Contender {
  /** As in `pytorch 2.13.0 eager`. */
  readonly name: string;
}

/**
 * Keeps what a peer has given back: glibc returns large pieces to the system at once, and fetching them again made an evaluation
 * in PyTorch four times as long (817 ms in place of 219, AMD EPYC). ONNX Runtime keeps its memory by itself.
 */
const KEEP_MEMORY = { MALLOC_MMAP_MAX_: "0", MALLOC_TRIM_THRESHOLD_: `${2 ** 40}`, MALLOC_TOP_PAD_: `${2 ** 28}` };

const base64 = ({ buffer, byteOffset, byteLength }: Float32Array | Int32Array) =>
  Buffer.from(buffer, byteOffset, byteLength).toString("base64");

function splitMessage({ inputs, targets }: Split) {
  const columns = Object.entries(inputs).map(([name, column]) => [name, { ...column, values: base64(column.values) }]);
  return { inputs: Object.fromEntries(columns), targets: base64(targets) };
}

function problemMessage({ config, problem, batch }: Setting, mode: Mode, lanes: number) {
  const { dataset, objective, model, theta0 } = problem;
  const layout = model.layout.map(({ name, shape }) => ({ name, shape }));
  return {
    case: config,
    mode,
    lanes,
    loss: objective.id,
    layout,
    theta: base64(theta0),
    batch: splitMessage(batch),
    train: splitMessage(dataset.train),
    test: splitMessage(dataset.test),
  };
}

/**
 * Starts a peer of a case.
 *
 * @param python the interpreter, as the environment variable names it
 * @param copies how many JAX trains by one call; PyTorch trains one
 * @throws {UsageError} when it cannot be started or lacks the framework
 */
export async function startPeer(python: string, mode: Mode, setting: Setting, copies: number): Promise<Peer> {
  const lanes = mode === "jax" ? copies : 1;
  let child: Deno.ChildProcess;
  try {
    const pipes = { stdin: "piped", stdout: "piped", stderr: "piped" } as const;
    child = command(python, { args: [scriptOf(mode)], env: KEEP_MEMORY, foreignLibraries: true, ...pipes }).spawn();
  } catch (error) {
    throw new UsageError(`${PEER_PYTHON}: '${python}' cannot be started: ${(error as Error).message}`);
  }
  const errors = new Response(child.stderr).text();
  const stdin = child.stdin.getWriter();
  const answers = lines<Record<string, unknown>>(child.stdout);
  const ask = async <T>(line: string): Promise<T> => {
    // A peer that has ended says more by its last words than by a broken pipe.
    await stdin.write(new TextEncoder().encode(line + "\n")).catch(() => {});
    const { value, done } = await answers.next();
    if (done) throw new UsageError(`the peer ${mode} ended: ${(await errors).trim().split("\n").at(-1)}`);
    return value as T;
  };
  const { version } = await ask<{ version: string }>(JSON.stringify(problemMessage(setting, mode, lanes)));
  return {
    name: nameOf(mode, version, lanes),
    isOnProcessor: mode === "jax" ? version.endsWith("cpu") : !mode.startsWith("cuda"),
    call: (what) => ask(what),
    async stop() {
      await stdin.close().catch(() => {});
      await child.status;
    },
  };
}

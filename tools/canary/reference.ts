import { Buffer } from "node:buffer";
import { fileURLToPath } from "node:url";
import { catalogue } from "../../bench/mod.ts";
import type { Split } from "../../src/data/dataset.ts";
import { stream } from "../../src/data/stream.ts";
import { find, UsageError } from "../../src/errors.ts";
import { type Canary, CANARY_SCHEMA, type CanaryFile, type Followed } from "../../src/gate/canary/reference.ts";
import { writeAtomically } from "../../src/files.ts";
import { lines } from "../../src/fleet/messages.ts";
import type { Problem } from "../../src/problem/case.ts";
import { resolve } from "../../src/run/trial.ts";
import { plannedCanaries, type PlannedCanary } from "./plan.ts";
import { PEER_PYTHON } from "../engine/peer.ts";

const SCRIPT = fileURLToPath(new URL("../../bench/peers/canary_float64.py", import.meta.url));
const FOLDER = fileURLToPath(new URL("../../expected/canary/", import.meta.url));
const SOURCE = "bench/peers/canary_float64.py: an independent implementation in PyTorch float64";

const base64 = ({ buffer, byteOffset, byteLength }: Float32Array | Int32Array) =>
  Buffer.from(buffer, byteOffset, byteLength).toString("base64");

function splitMessage({ inputs, targets }: Split) {
  const columns = Object.entries(inputs).map(([name, column]) => [name, { ...column, values: base64(column.values) }]);
  return { inputs: Object.fromEntries(columns), targets: base64(targets) };
}

/** The fixed direction of the random push, from the algorithm that has one. */
function directionOf({ theta0 }: Problem, seed: number): Float32Array {
  const spec = { case: "div97", algorithm: "pp-conn-random", overrides: {}, seed, engine: "cpu" };
  const { algorithm, hyper } = resolve(catalogue, spec);
  const hunt = algorithm.phases(hyper, []).at(-1)!;
  return hunt.enter({ prey: theta0 }, stream(seed, "direction")).direction as Float32Array;
}

/** Everything that the first steps of a case depend on, as the peer reads it. */
async function messageOf({ case: id, seed, overrides, algorithms }: PlannedCanary) {
  const found = find("case", catalogue.cases, id);
  const config = found.configure({ ...overrides });
  const problem = await found.prepare(config, seed);
  const { train, test } = problem.dataset;
  const orderOf = (epoch: number) => stream(seed, `batches/${epoch}`).permutation(train.size);
  const hyperOf = (algorithm: string) =>
    resolve(catalogue, { case: id, algorithm, overrides, seed, engine: "cpu" }).hyper;
  const hypers = Object.fromEntries(algorithms.map((algorithm) => [algorithm, hyperOf(algorithm)]));
  const message = {
    id,
    case: config,
    defaults: found.configure({}),
    hypers,
    loss: problem.objective.id,
    algorithms,
    layout: problem.model.layout.map(({ name, shape }) => ({ name, shape })),
    theta: base64(problem.theta0),
    direction: base64(directionOf(problem, seed)),
    train: splitMessage(train),
    test: splitMessage(test),
    orders: Array.from({ length: config.maxEpochs }, (_, epoch) => base64(orderOf(epoch))),
  };
  return { message, config, hypers, samples: { train: train.size, test: test.size } };
}

type Head = Pick<Canary, "inputs" | "parameters"> & Pick<CanaryFile, "versions">;

/** Lets the peer follow a canary. @throws {UsageError} with what the peer refused. */
async function follow(python: string, planned: PlannedCanary): Promise<Canary & Pick<CanaryFile, "versions">> {
  const { message, config, hypers, samples } = await messageOf(planned);
  const options: Deno.CommandOptions = {
    args: ["-W", "ignore", SCRIPT],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  };
  const child = new Deno.Command(python, options).spawn();
  const errors = new Response(child.stderr).text();
  const sent = new Blob([JSON.stringify(message) + "\n"]).stream().pipeTo(child.stdin).catch(() => {});
  const answers: unknown[] = [];
  for await (const answer of lines<unknown>(child.stdout)) answers.push(answer);
  await sent;
  const { success } = await child.status;
  const [head, ...followed] = answers as [Head, ...Omit<Followed, "hyper">[]];
  const entries = followed.map(({ algorithm, ...rest }) => ({ algorithm, hyper: hypers[algorithm], ...rest }));
  if (!success || entries.length !== planned.algorithms.length) {
    throw new UsageError(`${planned.case} ${planned.canary}: ${(await errors).trim().split("\n").at(-1)}`);
  }
  const { canary, seed, overrides } = planned;
  const { inputs, parameters, versions } = head;
  return { canary, seed, overrides, config: { ...config }, samples, parameters, inputs, entries, versions };
}

/** JSON with a line for each trajectory, so that a change of one algorithm is a change of one line. */
function fileText({ canaries, ...head }: CanaryFile): string {
  const blocks = canaries.map(({ entries, ...rest }) => {
    const rows = entries.map((entry) => JSON.stringify(entry)).join(",\n");
    return `${JSON.stringify(rest).slice(0, -1)},"entries":[\n${rows}\n]}`;
  });
  return `${JSON.stringify(head).slice(0, -1)},"canaries":[\n${blocks.join(",\n")}\n]}\n`;
}

/** Writes `expected/canary/<case>.json` for the cases that were named, or all. */
async function main(ids: readonly string[]): Promise<void> {
  const python = Deno.env.get(PEER_PYTHON);
  if (!python) throw new UsageError(`set ${PEER_PYTHON} to a Python that has PyTorch`);
  const known = [...new Set(plannedCanaries.map((planned) => planned.case))].map((id) => ({ id }));
  for (const { id } of ids.length ? ids.map((id) => find("canary's case", known, id)) : known) {
    const followed = [];
    for (const planned of plannedCanaries.filter((planned) => planned.case === id)) {
      console.error(`${id} ${planned.canary}`);
      followed.push(await follow(python, planned));
    }
    const canaries = followed.map(({ versions: _, ...canary }) => canary);
    const text = fileText({
      schema: CANARY_SCHEMA,
      case: id,
      source: SOURCE,
      versions: followed[0].versions,
      canaries,
    });
    writeAtomically(`${FOLDER}${id}.json`, text);
    console.error(`  ${(text.length / 1024).toFixed(0)} KiB`);
  }
}

if (import.meta.main) {
  try {
    await main(Deno.args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`error: ${error.message}`);
    Deno.exit(2);
  }
}

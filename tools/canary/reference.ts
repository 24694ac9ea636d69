import { Buffer } from "node:buffer";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "@std/cli/parse-args";
import { catalogue as builtIn } from "../../bench/mod.ts";
import type { Catalogue } from "../../src/catalogue/catalogue.ts";
import { command } from "../../src/child.ts";
import { opened } from "../../src/commands/plugins.ts";
import type { Split } from "../../src/data/dataset.ts";
import { stream } from "../../src/data/stream.ts";
import type { Tree } from "../../src/algorithms/tree.ts";
import { find, UsageError } from "../../src/errors.ts";
import { type LateStart, underway } from "../../src/gate/canary/late_start.ts";
import { indexPath, indexText } from "../../src/gate/canary/folder.ts";
import {
  type Canary,
  CANARY_SCHEMA,
  type CanaryFile,
  FIRST_STEPS,
  type Followed,
} from "../../src/gate/canary/reference.ts";
import { writeAtomically } from "../../src/files.ts";
import { lines } from "../../src/fleet/messages.ts";
import type { HostArray } from "../../src/engine/mod.ts";
import { keptSpecs } from "../../src/problem/batch.ts";
import type { CommonConfig, Problem } from "../../src/problem/case.ts";
import { Masks } from "../../src/run/dropout.ts";
import { completed } from "../../src/declare/field.ts";
import { canonical, type Sealed, sealed } from "../../src/run/record/seal.ts";
import { resolve, type Trial } from "../../src/run/trial.ts";
import { plannedCanaries, type PlannedCanary } from "./plan.ts";
import { PEER_PYTHON } from "../engine/peer.ts";

const SCRIPT = fileURLToPath(new URL("../../bench/peers/canary_float64.py", import.meta.url));
const FOLDER = fileURLToPath(new URL("../../expected/canary/", import.meta.url));
const SOURCE = "bench/peers/canary_float64.py: an independent implementation in PyTorch float64";

const base64 = ({ buffer, byteOffset, byteLength }: HostArray) =>
  Buffer.from(buffer, byteOffset, byteLength).toString("base64");

function splitMessage({ inputs, targets }: Split) {
  const columns = Object.entries(inputs).map(([name, column]) => [name, { ...column, values: base64(column.values) }]);
  return { inputs: Object.fromEntries(columns), targets: base64(targets) };
}

/** The fixed direction of the random push, from the algorithm that has one. */
function directionOf({ theta0 }: Problem, seed: number): Float32Array {
  const spec = { case: "div97", algorithm: "pp-conn-random", overrides: {}, seed, engine: "cpu" };
  const { algorithm, hyper } = resolve(builtIn, spec);
  const hunt = algorithm.phases(hyper, []).at(-1)!;
  return hunt.enter({ prey: theta0 }, stream(seed, "direction")).direction as Float32Array;
}

/** Where the generators of Langevin noise start, from the algorithm that has it; nothing where it is not asked for. */
function noiseOf({ theta0 }: Problem, trial: Trial): Float32Array[] {
  const { algorithm, hyper, spec: { seed }, config } = trial;
  const entered = algorithm.phases(hyper, []).at(-1)!.enter(
    { prey: theta0 },
    stream(seed, "direction", config.seeding),
  );
  return Object.values(entered.noise as Tree<Float32Array>) as Float32Array[];
}

/** Oracles that lie beside a plug-in, by algorithm: `mine.py` in the folder of the file that defines `mine`. */
function oraclesOf({ plugins }: Catalogue): Readonly<Record<string, string>> {
  const beside = (url: string, id: string) => join(dirname(fileURLToPath(url)), `${id.replaceAll("-", "_")}.py`);
  return Object.fromEntries(plugins.flatMap(({ url, algorithms }) => algorithms.map((id) => [id, beside(url, id)])));
}

/** What each step of a canary keeps, site by site; nothing of a model without dropout. */
function masksOf(problem: Problem, { batchSize, maxEpochs }: CommonConfig, seed: number) {
  const { model, dataset: { train } } = problem;
  if (!model.dropout) return [];
  const masks = new Masks({ seed, model, rows: batchSize });
  const specs = keptSpecs(model, batchSize);
  const steps = maxEpochs * Math.floor(train.size / batchSize);
  return Array.from(
    { length: steps },
    (_, step) =>
      Object.fromEntries(
        Object.entries(masks.at(step)).map((
          [name, kept],
        ) => [name.slice(name.indexOf("/") + 1), { shape: specs[name].shape, values: base64(kept) }]),
      ),
  );
}

/** A run under way; which phase is an algorithm's last the peer knows itself. */
function lateMessage(start: LateStart, trial: Trial, problem: Problem) {
  const { progress: { epoch, steps, t, phaseStep, gradientCalls }, ...vectors } = underway(start, trial, problem);
  const encoded = Object.entries(vectors).map(([name, values]) => [name, base64(values)]);
  return { epoch, steps, t, phaseStep, gradientCalls, ...Object.fromEntries(encoded) };
}

/** Everything that the first steps of a case depend on, as the peer reads it. */
async function messageOf(catalogue: Catalogue, { case: id, seed, overrides, algorithms, start }: PlannedCanary) {
  const found = find("case", catalogue.cases, id);
  const config = found.configure({ ...overrides });
  const problem = await found.prepare(config, seed);
  const { train, test } = problem.dataset;
  const orderOf = (epoch: number) => stream(seed, `batches/${epoch}`, config.seeding).permutation(train.size);
  const trialOf = (algorithm: string) => resolve(catalogue, { case: id, algorithm, overrides, seed, engine: "cpu" });
  const hypers = Object.fromEntries(algorithms.map((algorithm) => [algorithm, trialOf(algorithm).hyper]));
  const first = start?.epoch ?? 0;
  const message = {
    id,
    case: config,
    defaults: found.configure({}),
    overrides,
    hypers,
    oracles: oraclesOf(catalogue),
    loss: problem.objective.id,
    algorithms,
    layout: problem.model.layout.map(({ name, shape }) => ({ name, shape })),
    theta: base64(problem.theta0),
    direction: base64(directionOf(problem, seed)),
    train: splitMessage(train),
    test: splitMessage(test),
    noise: algorithms.includes("sgld") ? noiseOf(problem, trialOf("sgld")).map(base64) : [],
    masks: masksOf(problem, config, seed),
    late: start ? lateMessage(start, trialOf(algorithms[0]), problem) : null,
    orders: Array.from({ length: config.maxEpochs - first }, (_, i) => base64(orderOf(first + i))),
  };
  return { message, config, hypers, samples: { train: train.size, test: test.size } };
}

type Versioned = Canary & Pick<CanaryFile, "versions">;
type Head = Pick<Canary, "inputs" | "parameters"> & Pick<CanaryFile, "versions">;

/** Lets the peer follow a canary. @throws {UsageError} with what the peer refused. */
async function follow(python: string, catalogue: Catalogue, planned: PlannedCanary): Promise<Versioned> {
  const { message, config, hypers, samples } = await messageOf(catalogue, planned);
  const pipes = { stdin: "piped", stdout: "piped", stderr: "piped" } as const;
  const child = command(python, { args: ["-B", "-W", "ignore", SCRIPT], foreignLibraries: true, ...pipes }).spawn();
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
  const { canary, seed, overrides, start } = planned;
  const { inputs, parameters, versions } = head;
  return {
    canary,
    seed,
    overrides,
    ...(start && { start }),
    config: { ...config },
    samples,
    parameters,
    inputs,
    entries,
    versions,
  };
}

/** Sealed JSON with a line for each trajectory, so that a change of one algorithm is a change of two lines. */
export function fileText(file: CanaryFile): string {
  const { canaries, seal, ...head } = sealed(file);
  const blocks = canaries.map(({ entries, ...rest }) => {
    const rows = entries.map((entry) => JSON.stringify(entry)).join(",\n");
    return `${JSON.stringify(rest).slice(0, -1)},"entries":[\n${rows}\n]}`;
  });
  return `${JSON.stringify(head).slice(0, -1)},"canaries":[\n${blocks.join(",\n")}\n],\n"seal":"${seal}"}\n`;
}

/** The file with trajectories of some algorithms replaced or added. @throws {UsageError} where theirs is another problem */
function merged(file: CanaryFile, followed: readonly Canary[], versions: CanaryFile["versions"]): CanaryFile {
  const [theirs, ours] = [file.versions, versions].map((versions) => JSON.stringify(versions));
  if (theirs !== ours) console.error(`  made with ${ours}; the file names ${theirs}, which made its other lines`);
  const canaries = file.canaries.map((kept) => {
    const made = followed.find(({ canary }) => canary === kept.canary);
    if (!made) return kept;
    // A field that is newer than the file has what code without it did.
    const { fields } = find("case", builtIn.cases, file.case);
    const problem = ({ entries: _, config, ...rest }: Canary) =>
      canonical({ ...rest, config: completed(fields, config) });
    if (problem(made) !== problem(kept)) {
      throw new UsageError(`${file.case} ${kept.canary}: the problem is another one than the file's: leave out -a`);
    }
    const added = made.entries.filter((entry) => !kept.entries.some(({ algorithm }) => algorithm === entry.algorithm));
    const replaced = kept.entries.map((entry) =>
      made.entries.find(({ algorithm }) => algorithm === entry.algorithm) ?? entry
    );
    return { ...kept, entries: [...replaced, ...added] };
  });
  const isKept = ({ canary }: Canary) => file.canaries.some((kept) => kept.canary === canary);
  return { ...file, canaries: [...canaries, ...followed.filter((made) => !isKept(made))] };
}

/** What there is to follow of a case: what is planned, or of it what was named; of what is not planned the first steps. */
function chosen(id: string, names: readonly string[]): PlannedCanary[] {
  const own = plannedCanaries.filter((planned) => planned.case === id);
  if (names.length === 0) return own;
  const isPlanned = (name: string) => own.some(({ algorithms }) => algorithms.includes(name));
  return own.map((planned) => {
    const { canary, algorithms } = planned;
    const named = names.filter((name) => isPlanned(name) ? algorithms.includes(name) : canary === FIRST_STEPS);
    return { ...planned, algorithms: named };
  }).filter(({ algorithms }) => algorithms.length > 0);
}

/** A file as it is, without its seal. */
function kept(path: string): CanaryFile {
  const { seal: _, ...file }: Sealed<CanaryFile> = JSON.parse(Deno.readTextFileSync(path));
  return file;
}

async function remake(python: string, catalogue: Catalogue, id: string, names: readonly string[]): Promise<void> {
  const followed: Versioned[] = [];
  for (const planned of chosen(id, names)) {
    console.error(`${id} ${planned.canary}`);
    followed.push(await follow(python, catalogue, planned));
  }
  const canaries = followed.map(({ versions: _, ...canary }) => canary);
  const { versions } = followed[0];
  const path = `${FOLDER}${id}.json`;
  const whole: CanaryFile = { schema: CANARY_SCHEMA, case: id, source: SOURCE, versions, canaries };
  const text = fileText(names.length ? merged(kept(path), canaries, versions) : whole);
  writeAtomically(path, text);
  writeAtomically(indexPath(FOLDER), indexText(FOLDER));
  console.error(`  ${(text.length / 1024).toFixed(0)} KiB`);
}

/**
 * Writes `expected/canary/<case>.json` for the cases that were named, or all: `canary:reference tiny-div`.
 *
 * With `-a NAME` only the lines of that algorithm are made, and the others left as they are. `-a ../mine.ts` stands for
 * what that file defines; its oracle lies beside it, `../mine.py` for the id `mine`.
 */
async function main(args: readonly string[]): Promise<void> {
  const python = Deno.env.get(PEER_PYTHON);
  if (!python) throw new UsageError(`set ${PEER_PYTHON} to a Python that has PyTorch`);
  const { _: ids, algorithm } = parseArgs([...args], {
    string: ["_", "algorithm"],
    collect: ["algorithm"],
    alias: { algorithm: "a" },
    unknown: (arg, key) => {
      if (key !== undefined) throw new UsageError(`unknown flag '${arg}'; there is --algorithm (-a)`);
    },
  });
  const given = (algorithm as string[]).flatMap((names) => names.split(","));
  const [catalogue, { algorithms: names }] = await opened(builtIn, { cases: [], algorithms: given });
  for (const name of names) find("algorithm", catalogue.algorithms, name);
  const known = [...new Set(plannedCanaries.map((planned) => planned.case))].map((id) => ({ id }));
  for (const { id } of ids.length ? ids.map((id) => find("canary's case", known, String(id))) : known) {
    await remake(python, catalogue, id, names);
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

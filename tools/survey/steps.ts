import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { command, complaintIn, ourselves, type OwnProgram } from "../../src/child.ts";
import type { Row } from "../engine/duel.ts";
import type { EngineParity, StepParity } from "../engine/engine_parity.ts";
import type { Machine, Survey } from "./survey.ts";
import { nightOf } from "./night.ts";

/** One thing that is measured, in processes of its own. */
export interface Step {
  readonly name: string;
  /** What a reader gives to have the same. */
  readonly command: string;
  /** Seconds after which it is ended. */
  readonly seconds: number;
  /** @param folder for its files @returns what becomes of the survey */
  run(survey: Survey, folder: string, signal: AbortSignal): Promise<Survey>;
}

/** What is to be measured. */
export interface Choice {
  /** Engines, those with lanes among them. */
  readonly engines: readonly string[];
  /** Of `engines`, those that have lanes. */
  readonly wide: readonly string[];
  /** Cases of parity and timings. */
  readonly cases: readonly string[];
  readonly night: string;
}

/** Lanes for which steps are timed. */
const LANES = [1, 8, 32];

/** Copies that JAX trains at once beside an engine without lanes. */
const COPIES = 4;

/** Runs a program of ours to its end. @throws {Error} with its last words, where it does not end well */
async function made(program: OwnProgram, signal: AbortSignal): Promise<string> {
  const { success, code, stdout, stderr } = await ourselves({ ...program, signal }).output();
  if (success) return new TextDecoder().decode(stdout);
  const words = complaintIn(stderr) ?? complaintIn(stdout) ?? `exit code ${code}`;
  throw new Error(signal.aborted ? "took longer than it may" : words);
}

/** What the driver's tool says of the graphics card. */
async function graphics(): Promise<string | null> {
  try {
    const args = ["--query-gpu=name,driver_version", "--format=csv,noheader"];
    const { success, stdout } = await command("nvidia-smi", { args }).output();
    return success ? new TextDecoder().decode(stdout).trim().split("\n")[0] : null;
  } catch {
    // There is no such tool, or it may not be run.
    return null;
  }
}

const machine: Step = {
  name: "machine",
  command: "deno task doctor",
  seconds: 120,
  async run(survey, _folder, signal) {
    const text = await made(
      { module: "main.ts", permissions: "doctor", starts: true, args: ["doctor", "-e", "onnx", "--json"] },
      signal,
    );
    const { cpu, cores, memoryGiB, os, deno } = JSON.parse(text).machine as Omit<Machine, "gpu">;
    return { ...survey, machine: { cpu, cores, memoryGiB, os, deno, gpu: await graphics() } };
  },
};

const read = <T>(path: string): T => JSON.parse(readFileSync(path, "utf8"));

function parity({ engines, cases }: Choice, seconds: number): Step {
  const args = ["-e", engines.join(), "-c", cases.join(), "-a", "adamw,pp-conn"];
  return {
    name: `parity of ${cases.join(", ")}`,
    command: `deno task bench:parity ${args.join(" ")}`,
    seconds,
    async run(survey, folder, signal) {
      const file = join(folder, `parity-${cases.join("-")}.json`);
      const program = { module: "tools/engine/bench_parity.ts", permissions: "parity", starts: true };
      let failure: unknown = null;
      await made({ ...program, args: [...args, "--json", file] }, signal).catch((error) => failure = error);
      // Also of what strays there are figures.
      if (!existsSync(file)) throw failure ?? new Error("it wrote nothing");
      const found = read<(EngineParity | { engine: string })[]>(file).filter((one) => "canaries" in one);
      const next = { ...survey, parity: merged(survey.parity, found) };
      if (failure) throw Object.assign(failure as Error, { survey: next });
      return next;
    },
  };
}

const isSame = (one: StepParity, other: StepParity) => one.case === other.case && one.algorithm === other.algorithm;

/** Figures of the same engine, side by side; models are measured with each. */
function merged(before: readonly EngineParity[], found: readonly EngineParity[]): EngineParity[] {
  const others = before.filter(({ engine }) => !found.some((one) => one.engine === engine));
  const joined = found.map((one) => {
    const old = before.find(({ engine }) => engine === one.engine);
    const kept = old?.canaries.filter((canary) => !one.canaries.some((other) => isSame(canary, other))) ?? [];
    return { ...one, canaries: [...kept, ...one.canaries] };
  });
  return [...others, ...joined];
}

/** Who is timed on what. */
interface Match {
  readonly case: string;
  readonly engine: string;
  readonly lanes: number;
  readonly peers: readonly string[];
}

function timings({ case: id, engine, lanes, peers }: Match): Step {
  const args = ["-e", engine, "-c", id, "--lanes", `${lanes}`, "--rounds", peers.length ? "3" : "5"];
  for (const peer of peers) args.push("--peer", peer);
  return {
    name: `timings of ${id} on ${engine}, ${lanes} at once`,
    command: `deno task bench:engine ${args.join(" ")}`,
    // PyTorch takes a minute to compile a transformer.
    seconds: peers.length ? 480 : 60,
    async run(survey, folder, signal) {
      const file = join(folder, `${id}-${engine.replace(":", "-")}-${lanes}.json`);
      await made(
        { module: "tools/engine/bench_engine.ts", permissions: "bench-engine", args: [...args, "--json", file] },
        signal,
      );
      return { ...survey, timings: [...survey.timings, ...read<Row[]>(file)] };
    },
  };
}

function night(engine: string, { night: profile }: Choice, seconds: number): Step {
  const args = [...profile.split(" "), "-e", engine];
  return {
    name: `a night on ${engine}`,
    command: `deno task bench ${args.join(" ")}`,
    seconds: seconds + 60,
    async run(survey, folder, signal) {
      const results = join(folder, `night-${engine.replace(":", "-")}`);
      const asked = [...args, "--timeout", `${seconds}`, "--results", results, "--no-canaries"];
      const found = await nightOf({ engine, args: asked, results, signal });
      const next = {
        ...survey,
        nights: [...survey.nights, { ...found, command: `deno task bench ${args.join(" ")}` }],
      };
      if (signal.aborted) throw Object.assign(new Error("took longer than it may"), { survey: next });
      return next;
    },
  };
}

/** Who is timed, at how many lanes; peers take part at the most, where JAX trains as many at once. */
function timingsFor({ engines, wide, cases }: Choice, peers: readonly string[]): Step[] {
  const narrow = engines.filter((engine) => !wide.includes(engine)).map((engine) => [engine, 1] as const);
  const all = [...narrow, ...wide.flatMap((engine) => LANES.map((lanes) => [engine, lanes] as const))];
  return all.flatMap(([engine, lanes], i) => {
    const beside = i === all.length - 1 ? peers : [];
    const copies = beside.length > 0 && lanes === 1 ? COPIES : lanes;
    return cases.map((id) => timings({ case: id, engine, lanes: copies, peers: beside }));
  });
}

/**
 * What is measured, in its order, without peers within a quarter of an hour on a machine that is not slower than a laptop: the
 * small cases first, so that there is something to show whatever happens. A peer takes part where PEER_PYTHON has it.
 */
export function stepsFor(choice: Choice, peers: readonly string[]): Step[] {
  const tiny = { ...choice, cases: ["tiny-div", "tiny-add", "tiny-glyphs"] };
  return [
    machine,
    parity(tiny, 120),
    ...timingsFor(choice, peers),
    ...choice.engines.map((engine) => night(engine, choice, 120)),
    parity(choice, 180),
  ];
}

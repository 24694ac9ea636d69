import { availableParallelism, totalmem } from "node:os";
import { markdownTable } from "markdown-table";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { ourselves, whyItEnded } from "../child.ts";
import { dataFolder } from "../data/manifest.ts";
import { mnistPresent } from "../data/mnist.ts";
import { EngineUnavailable, engineVersions, startEngine } from "../engine/mod.ts";
import { UsageError } from "../errors.ts";
import { canariesOf, judgeCanaries } from "../gate/canary_tier.ts";
import { pooled } from "../pool.ts";
import { processor } from "../run/record/provenance.ts";
import { enginesNamed } from "./engine_choice.ts";
import { type Command, EXIT } from "./command.ts";
import { Flags } from "./flags.ts";

const HELP = `Say which engines work here, and what is missing of the others.

Usage: deno task doctor [options]

  -e, --engine NAME        only these engines (separated by commas)
      --json               as JSON
      --here               examine one engine in this process; with --start no more than whether it starts

Each engine is started in a process of its own and makes the first steps of a small case, which have to agree with a float64
trajectory. Exit codes: 0 what was asked for works (without --engine: the default engine, and no other is wrong), 2 not.`;

/** The smallest canary of a transformer. */
const CHECK = { cases: ["tiny-div"], algorithms: ["adamw"] };

/** What became of one engine. `wrong`: it is there, and crashes or strays from float64. */
export interface Diagnosis {
  readonly engine: string;
  readonly state: "works" | "absent" | "wrong";
  /** What it computes on, and with. */
  readonly device: string | null;
  readonly versions: Readonly<Record<string, string>>;
  /** Why it does not work, with what to do; else how near it came to float64. */
  readonly reason: string;
}

/** Starts an engine in this process and lets it make its first steps, or no more than starts it. */
async function examine(id: string, catalogue: Catalogue, startOnly: boolean): Promise<Diagnosis> {
  const say = (state: Diagnosis["state"], reason: string, device: string | null = null): Diagnosis => ({
    engine: id,
    state,
    device,
    versions: engineVersions(id),
    reason,
  });
  try {
    const engine = await startEngine(id);
    if (startOnly) return say("works", "it starts", engine.device ?? null);
    const [reference] = canariesOf(CHECK);
    for await (const { verdict, certainty } of judgeCanaries(catalogue, engine, [reference])) {
      return say(verdict === "reproduced" ? "works" : "wrong", certainty, engine.device ?? null);
    }
    return say("wrong", "there is no canary to check it with");
  } catch (error) {
    if (!(error instanceof EngineUnavailable)) throw error;
    return say("absent", error.reason);
  }
}

/**
 * The same in a process of its own: native libraries get in each other's way, and may take the process with them; and they
 * need FFI, which is for workers alone.
 */
export async function examineApart(id: string, startOnly = false): Promise<Diagnosis> {
  const args = ["doctor", "--here", "--engine", id, "--json", ...(startOnly ? ["--start"] : [])];
  const output = await ourselves({ module: "main.ts", permissions: "worker", args }).output();
  try {
    return JSON.parse(new TextDecoder().decode(output.stdout)).engines[0];
  } catch {
    return { engine: id, state: "wrong", device: null, versions: engineVersions(id), reason: whyItEnded(output) };
  }
}

function machine() {
  return {
    cpu: processor(),
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    os: `${Deno.build.os} ${Deno.build.arch}`,
    deno: Deno.version.deno,
    mnist: mnistPresent(dataFolder()),
  };
}

const HEADER = ["engine", "state", "on", "with", ""];

function table(found: readonly Diagnosis[], { cpu, cores, memoryGiB, os, deno, mnist }: ReturnType<typeof machine>) {
  const rows = found.map(({ engine, state, device, versions, reason }) => {
    const packages = Object.entries(versions).map(([name, version]) => `${name.split("/").at(-1)} ${version}`);
    return [engine, state, state === "works" ? device ?? "processor" : "–", packages.join(", "), reason];
  });
  const images = mnist ? `in ${dataFolder()}` : "not here: deno task data";
  return `${
    markdownTable([HEADER, ...rows])
  }\n\n${cpu}, ${cores} cores, ${memoryGiB} GiB, ${os}, Deno ${deno}; MNIST ${images}.`;
}

export const doctor: Command = {
  name: "doctor",
  summary: "say which engines work here, and what is missing of the others",
  help: HELP,
  async run(args, catalogue) {
    const flags = new Flags(args, {
      command: "doctor",
      plan: ["engine"],
      strings: [],
      booleans: ["json", "here", "start"],
    });
    const { named, ids } = enginesNamed(flags);
    if (flags.on("here") && !(named && ids.length === 1)) {
      throw new UsageError("--here examines one engine; name it with --engine");
    }
    const start = flags.on("start");
    if (start && !flags.on("here")) throw new UsageError("--start is for --here: the others make their first steps");
    const found = flags.on("here")
      ? [await examine(ids[0], catalogue, start)]
      : await pooled(ids, availableParallelism(), (id) => examineApart(id));
    const facts = machine();
    console.log(flags.on("json") ? JSON.stringify({ machine: facts, engines: found }, null, 2) : table(found, facts));
    const wanted = named ? found : found.filter(({ state }, i) => i === 0 || state === "wrong");
    return wanted.every(({ state }) => state === "works") ? EXIT.ok : EXIT.usage;
  },
};

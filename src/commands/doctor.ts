import { availableParallelism, cpus, totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import { markdownTable } from "markdown-table";
import { dataFolder } from "../data/manifest.ts";
import { mnistPresent } from "../data/mnist.ts";
import { engines, EngineUnavailable, engineVersions, startEngine } from "../engine/mod.ts";
import { find } from "../errors.ts";
import { canariesOf, judgeCanaries } from "../gate/canary_tier.ts";
import { type Command, EXIT } from "./command.ts";
import { Flags } from "./flags.ts";

const HELP = `Say which engines work here, and what is missing of the others.

Usage: deno task doctor [options]

  -e, --engine NAME        only this engine, in this process
      --json               as JSON

Each engine is started in a process of its own and makes the first steps of a small case, which have to agree with a float64
trajectory. Exit codes: 0 the default engine works, 2 it does not.`;

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The smallest canary of a transformer. */
const CHECK = { cases: ["tiny-div"], algorithms: ["adamw"] };

/** What became of one engine. */
export interface Diagnosis {
  readonly engine: string;
  readonly works: boolean;
  /** What it computes on, and with. */
  readonly device: string | null;
  readonly versions: Readonly<Record<string, string>>;
  /** Why it does not work, with what to do; else how near it came to float64. */
  readonly reason: string;
}

/** Starts an engine in this process and lets it make its first steps. */
async function examine(id: string): Promise<Diagnosis> {
  const say = (works: boolean, reason: string, device: string | null = null): Diagnosis => ({
    engine: id,
    works,
    device,
    versions: engineVersions(id),
    reason,
  });
  try {
    const engine = await startEngine(id);
    const [reference] = canariesOf(CHECK);
    for await (const { verdict, certainty } of judgeCanaries(engine, [reference])) {
      return say(verdict === "reproduced", certainty, engine.device ?? null);
    }
    return say(false, "there is no canary to check it with");
  } catch (error) {
    if (!(error instanceof EngineUnavailable)) throw error;
    return say(false, error.message.replace(`engine '${id}': `, ""));
  }
}

/** The same in a process of its own: native libraries get in each other's way, and may take the process with them. */
async function examineApart(id: string): Promise<Diagnosis> {
  const args = ["run", "--quiet", "--no-prompt", "-P=worker", "main.ts", "doctor", "--engine", id, "--json"];
  const { stdout, stderr, code, signal } = await new Deno.Command("deno", { args, cwd: ROOT }).output();
  try {
    return JSON.parse(new TextDecoder().decode(stdout)).engines[0];
  } catch {
    const line = new TextDecoder().decode(stderr).split("\n").find((text) => /error/i.test(text));
    const reason = signal ? `its process was ended by ${signal}` : line ?? `its process ended with exit code ${code}`;
    return { engine: id, works: false, device: null, versions: engineVersions(id), reason };
  }
}

function machine() {
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    os: `${Deno.build.os} ${Deno.build.arch}`,
    deno: Deno.version.deno,
    mnist: mnistPresent(dataFolder()),
  };
}

const HEADER = ["engine", "works", "on", "with", ""];

function table(found: readonly Diagnosis[], { cpu, cores, memoryGiB, os, deno, mnist }: ReturnType<typeof machine>) {
  const rows = found.map(({ engine, works, device, versions, reason }) => {
    const packages = Object.entries(versions).map(([name, version]) => `${name.split("/").at(-1)} ${version}`);
    return [engine, works ? "yes" : "no", works ? device ?? "processor" : "–", packages.join(", "), reason];
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
  async run(args) {
    const flags = new Flags(args, { command: "doctor", strings: [], booleans: ["json"] });
    const only = flags.text("engine");
    const found = only === null
      ? await Promise.all(engines.map(({ id }) => examineApart(id)))
      : [await examine(find("engine", engines, only).id)];
    const facts = machine();
    console.log(flags.on("json") ? JSON.stringify({ machine: facts, engines: found }, null, 2) : table(found, facts));
    return found[0].works ? EXIT.ok : EXIT.usage;
  },
};

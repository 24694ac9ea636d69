import process from "node:process";
import { fileURLToPath } from "node:url";
import { ourselves, whyItEnded } from "../../src/child.ts";
import { EXIT } from "../../src/commands/command.ts";
import { placesIn } from "./folder.ts";
import { withCells } from "./plan.ts";
import { making, type Stage, stages } from "./stages.ts";

/** What a stage took of a process of its own. */
export interface Cost {
  readonly seconds: number;
  /** Of all its threads, those that collect garbage among them. */
  readonly processorSeconds: number;
  /** Largest resident set, and what was resident before the stage began. */
  readonly peakKiB: number;
  readonly startKiB: number;
}

/** Where a process is told to leave what it measured: stdout is for what the commands say. */
const FILE = "DRIVEN_HUNT_SCALE_COST";

/** What it took, or why there is no saying. */
export type Measured = Cost | { readonly failed: string };

/** Has a process of its own do a stage with the runs below a folder, as long as nobody stops it. */
export async function measured({ id }: Stage, cells: number, root: string, signal: AbortSignal): Promise<Measured> {
  const file = `${root}/cost.json`;
  const output = await ourselves({
    module: fileURLToPath(import.meta.url),
    permissions: "gate",
    args: [id, String(cells), root],
    env: { [FILE]: file, GITHUB_ACTIONS: "" },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
    signal,
  }).output();
  if (!output.success) return { failed: whyItEnded(output) };
  return JSON.parse(Deno.readTextFileSync(file));
}

async function main([id, cells, root]: readonly string[]): Promise<number> {
  const stage = [making, ...stages].find((each) => each.id === id)!;
  const scaled = withCells(Number(cells));
  const startKiB = process.resourceUsage().maxRSS;
  const [start, before] = [performance.now(), process.cpuUsage()];
  const code = await stage.run(scaled, placesIn(root));
  const { user, system } = process.cpuUsage(before);
  const cost: Cost = {
    seconds: (performance.now() - start) / 1e3,
    processorSeconds: (user + system) / 1e6,
    peakKiB: process.resourceUsage().maxRSS,
    startKiB,
  };
  Deno.writeTextFileSync(Deno.env.get(FILE)!, JSON.stringify(cost));
  // Drift is a verdict.
  return code === EXIT.drift ? EXIT.ok : code;
}

if (import.meta.main) Deno.exit(await main(Deno.args));

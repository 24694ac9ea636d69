import process from "node:process";
import { catalogue } from "../../bench/mod.ts";
import { fileURLToPath } from "node:url";
import { ourselves } from "../../src/child.ts";
import { type Engine, startEngine } from "../../src/engine/mod.ts";
import { TrialRun, UNWATCHED } from "../../src/run/trial_run.ts";
import { resolve } from "../../src/run/trial.ts";
// What a worker loads counts too; as an import it does nothing.
import "../../src/fleet/worker.ts";

/** What a worker process costs besides its steps. */
export interface WorkerCost {
  /** Tracing, encoding and session start, in the order of compilation: evaluation, step. */
  readonly compileMs: readonly number[];
  /** From before the process is started to after its first step. */
  readonly firstStepMs: number;
  /** Largest resident set of two epochs with their evaluations. */
  readonly peakMegabytes: number;
}

const EPOCHS = 2;
const SEED = 0;

/** Starts a process that does as a worker does for two epochs, and asks it what that took. */
export async function workerCost(caseId: string, engine: string, signal: AbortSignal): Promise<WorkerCost> {
  const { success, stdout, stderr } = await ourselves({
    module: fileURLToPath(import.meta.url),
    permissions: "worker",
    args: [caseId, engine, String(Date.now())],
    signal,
  }).output();
  const text = new TextDecoder();
  if (!success) throw new Error(`worker of ${caseId} failed: ${text.decode(stderr).trim().split("\n")[0]}`);
  return JSON.parse(text.decode(stdout));
}

function timingCompilation(engine: Engine, compileMs: number[]): Engine {
  return {
    id: engine.id,
    async compile(spec) {
      const start = performance.now();
      const program = await engine.compile(spec);
      compileMs.push(performance.now() - start);
      return program;
    },
  };
}

async function main([caseId, engineId, startedAt]: readonly string[]): Promise<WorkerCost> {
  const trial = resolve(catalogue, {
    case: caseId,
    algorithm: "adamw",
    seed: SEED,
    engine: engineId,
    overrides: { maxEpochs: EPOCHS },
  });
  const compileMs: number[] = [];
  let firstStepMs = 0;
  const problem = await trial.case.prepare(trial.config, SEED);
  const onStep = () => {
    firstStepMs ||= Date.now() - Number(startedAt);
    return false;
  };
  const engine = timingCompilation(await startEngine(engineId), compileMs);
  const run = await TrialRun.start(trial, problem, engine, { ...UNWATCHED, onStep }, null);
  await run.finish();
  return { compileMs, firstStepMs, peakMegabytes: process.resourceUsage().maxRSS / 1024 };
}

if (import.meta.main) {
  console.log(JSON.stringify(await main(Deno.args)));
  Deno.exit(0);
}

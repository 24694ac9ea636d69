import { startEngine } from "../engine/mod.ts";
import { type Checkpoint, CheckpointError, readCheckpoint, writeCheckpoint } from "../run/record/checkpoint.ts";
import { recordOf } from "../run/record/finish.ts";
import { removeIfThere } from "../files.ts";
import { encodeLine, lines, type Order, type Report } from "./messages.ts";
import { provenanceOf } from "../run/record/provenance.ts";
import { TrialRun } from "../run/trial_run.ts";
import { resolve, type Trial } from "../run/trial.ts";
import { Store } from "../run/record/store.ts";

/** Work is saved at most this often, and at every phase change; what is no number of seconds counts as not given. */
const asked = Number(Deno.env.get("DRIVEN_HUNT_SAVE_SECONDS") || NaN);
const SAVE_SECONDS = asked >= 0 ? asked : 30;
const REPORT_SECONDS = 0.5;

const say = (report: Report) => {
  const bytes = encodeLine(report);
  for (let at = 0; at < bytes.length;) at += Deno.stdout.writeSync(bytes.subarray(at));
};

function usableCheckpoint(path: string, trial: Trial): Checkpoint | null {
  try {
    return readCheckpoint(path, trial.id);
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error;
    say({ kind: "note", line: error.message });
    removeIfThere(path);
    return null;
  }
}

function reportProgress(run: TrialRun, stepsPerSecond: number): void {
  const { cursor, trial: { config } } = run;
  const lastEpoch = Math.min(config.maxEpochs, (cursor.generalised?.epoch ?? Infinity) + config.extraEpochs);
  const stepsPerEpoch = cursor.epoch ? (cursor.steps - cursor.stepInEpoch) / cursor.epoch : cursor.stepInEpoch;
  say({
    kind: "progress",
    epoch: cursor.epoch,
    maxEpochs: config.maxEpochs,
    phase: run.phase.id,
    trainAccuracy: run.accuracy?.train ?? null,
    testAccuracy: run.accuracy?.test ?? null,
    stepsPerSecond,
    etaSeconds: (lastEpoch - cursor.epoch) * stepsPerEpoch / stepsPerSecond,
  });
}

async function carryOut({ spec, results, revision }: Order, stopRequested: () => boolean): Promise<void> {
  const trial = resolve(spec);
  const store = new Store(results);
  const path = store.checkpointPath(trial);
  let [savedAt, reportedAt, stepsThen] = [performance.now(), performance.now(), 0];
  const save = async (run: TrialRun) => {
    writeCheckpoint(path, { ...await run.checkpoint(), revision });
    savedAt = performance.now();
  };
  const engine = await startEngine(spec.engine);
  const run = await TrialRun.start(trial, engine, {
    onStep(run) {
      const seconds = (performance.now() - reportedAt) / 1000;
      if (seconds > REPORT_SECONDS) {
        reportProgress(run, (run.cursor.steps - stepsThen) / seconds);
        [reportedAt, stepsThen] = [performance.now(), run.cursor.steps];
      }
      return stopRequested();
    },
    onSavePoint: async (run, due) => {
      if (due || performance.now() - savedAt > SAVE_SECONDS * 1000) await save(run);
    },
  }, usableCheckpoint(path, trial));
  stepsThen = run.cursor.steps;
  await run.finish();
  if (run.status) {
    say({
      kind: "finished",
      path: store.save(trial, await recordOf(run, provenanceOf(engine, trial.engineVersions, revision))),
    });
  } else {
    await save(run);
    say({ kind: "stopped" });
  }
  await run.dispose();
}

/** Main of a worker process: one order in, one run, one record. */
export async function work(): Promise<void> {
  // Signals reach the whole process group; the supervisor decides, by closing stdin.
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, () => {});
  const orders = lines<Order>(Deno.stdin.readable);
  const { value: order } = await orders.next();
  let stop = false;
  orders.next().then(() => stop = true, () => stop = true);
  try {
    await carryOut(order!, () => stop);
  } catch (error) {
    const line = error instanceof Error ? `${error.name}: ${error.message}`.split("\n")[0] : String(error);
    say({ kind: "failed", line });
  }
  Deno.exit(0);
}

if (import.meta.main) await work();

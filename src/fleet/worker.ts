import type { Catalogue } from "../catalogue/catalogue.ts";
import { withPlugins } from "../catalogue/load.ts";
import { sourcesOf } from "../catalogue/sources.ts";
import { startEngine } from "../engine/mod.ts";
import { reasonOf, UsageError } from "../errors.ts";
import { lastEpoch } from "../run/progress.ts";
import { CheckpointError, type StoredCheckpoint } from "../run/record/checkpoint.ts";
import { type Made, recordOf } from "../run/record/finish.ts";
import { provenanceOf } from "../run/record/provenance.ts";
import { Store } from "../run/record/store.ts";
import { isMeasuredBy } from "../run/trajectory.ts";
import { resolve, type Trial } from "../run/trial.ts";
import { TrialRun } from "../run/trial_run.ts";
import { Reuse } from "./reuse.ts";
import { Saver } from "./saver.ts";
import { encodeLine, lines, type Order, type Report } from "./messages.ts";

/** Work is saved at most this often, and at every phase change; what is no number of seconds counts as not given. */
const asked = Number(Deno.env.get("DRIVEN_HUNT_SAVE_SECONDS") || NaN);
const SAVE_SECONDS = asked >= 0 ? asked : 30;
const REPORT_SECONDS = 0.5;

const say = (report: Report) => {
  const bytes = encodeLine(report);
  for (let at = 0; at < bytes.length;) at += Deno.stdout.writeSync(bytes.subarray(at));
};

/** The checkpoint that a run goes on from. One that cannot be used is said and set aside, and the run starts over. */
async function usableCheckpoint(store: Store, trial: Trial, reuse: Reuse): Promise<StoredCheckpoint | null> {
  const startOver = (path: string, why: string) => {
    const to = store.setAside(path);
    say({ kind: "note", line: `${why}; the run starts over, the file is kept as ${to}` });
    return null;
  };
  try {
    const found = store.checkpoint(trial);
    if (!found) return null;
    const { path, checkpoint } = found;
    if (!isMeasuredBy(checkpoint.curve, trial.probes)) {
      return startOver(path, `checkpoint ${path}: was measured by other probes`);
    }
    const objection = await reuse.objection(trial, checkpoint);
    return objection === null ? checkpoint : startOver(path, `checkpoint ${path}: ${objection}`);
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error;
    return startOver(store.checkpointPath(trial), error.message);
  }
}

/** What comes of a run that trains no more: its record, or what it goes on from. */
async function conclude(run: TrialRun, saver: Saver, made: Made, store: Store): Promise<Report> {
  if (!run.status) {
    const refusal = await saver.save(run);
    return refusal === null
      ? { kind: "stopped" }
      : { kind: "failed", line: `${refusal}; the same command goes on from the one before` };
  }
  const record = await recordOf(run, made);
  try {
    return { kind: "finished", path: store.save(run.trial, record) };
  } catch (error) {
    const line = `record ${store.recordPath(run.trial)} could not be written: ${reasonOf(error)}`;
    return { kind: "failed", line: `${line}; the same command goes on from what was saved last` };
  }
}

function reportProgress({ progress: p, accuracy, phase, trial: { config } }: TrialRun, stepsPerSecond: number): void {
  const stepsPerEpoch = p.epoch ? (p.steps - p.stepInEpoch) / p.epoch : p.stepInEpoch;
  say({
    kind: "progress",
    epoch: p.epoch,
    maxEpochs: config.maxEpochs,
    phase: phase.id,
    trainAccuracy: accuracy?.train ?? null,
    testAccuracy: accuracy?.test ?? null,
    stepsPerSecond,
    etaSeconds: (lastEpoch(p, config) - p.epoch) * stepsPerEpoch / stepsPerSecond,
  });
}

async function carryOut(
  { spec, results, revision: now, resumed, sources, fromStart }: Order,
  catalogue: Catalogue,
  stopRequested: () => boolean,
): Promise<void> {
  const trial = resolve(catalogue, spec);
  const store = new Store(results, catalogue);
  const reuse = new Reuse(catalogue, sources);
  const problem = await reuse.problem(trial);
  const code = { sources, computation: await reuse.computation(trial) };
  let [reportedAt, stepsThen] = [performance.now(), 0];
  const from = fromStart ? null : await usableCheckpoint(store, trial, reuse);
  const revision = from ? resumed : now;
  const saver = new Saver(store.checkpointPath(trial), { revision, ...code }, (line) => say({ kind: "note", line }));
  say({ kind: "begun", from: from && from.progress.epoch });
  const engine = await startEngine(spec.engine);
  const run = await TrialRun.start(trial, problem, engine, {
    onStep(run) {
      const seconds = (performance.now() - reportedAt) / 1000;
      if (seconds > REPORT_SECONDS) {
        reportProgress(run, (run.progress.steps - stepsThen) / seconds);
        [reportedAt, stepsThen] = [performance.now(), run.progress.steps];
      }
      return stopRequested();
    },
    onSavePoint: async (run, need) => {
      if (need !== "may" || saver.isOlderThan(SAVE_SECONDS)) await saver.saveOnTheWay(run);
    },
  }, from);
  stepsThen = run.progress.steps;
  await run.finish();
  const provenance = provenanceOf(engine, trial.engineVersions, revision, sources);
  say(await conclude(run, saver, { computation: code.computation, provenance }, store));
  await run.dispose();
}

/** The catalogue that an order is about, if this process has the code that the order was made by. @throws {UsageError} */
async function catalogueOf({ plugins, sources }: Order, builtIn: Catalogue): Promise<Catalogue> {
  const catalogue = await withPlugins(builtIn, plugins);
  if (sourcesOf(catalogue) === sources) return catalogue;
  throw new UsageError("the code has changed since the run was planned; give the same command again");
}

/** Main of a worker process: one order in, one run, one record. */
export async function work(builtIn: Catalogue): Promise<void> {
  // Signals reach the whole process group; the supervisor decides, by closing stdin.
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, () => {});
  const orders = lines<Order>(Deno.stdin.readable);
  const { value: order } = await orders.next();
  let stop = false;
  orders.next().then(() => stop = true, () => stop = true);
  try {
    await carryOut(order!, await catalogueOf(order!, builtIn), () => stop);
  } catch (error) {
    const line = error instanceof Error ? `${error.name}: ${error.message}`.split("\n")[0] : String(error);
    say({ kind: "failed", line });
  }
  Deno.exit(0);
}

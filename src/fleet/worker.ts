import type { Catalogue } from "../catalogue/catalogue.ts";
import { withPlugins } from "../catalogue/load.ts";
import { sourcesOf } from "../catalogue/sources.ts";
import { seatsOn } from "../engine/lanes.ts";
import { type Engine, EngineFailed, startEngine } from "../engine/mod.ts";
import { reasonOf, UsageError } from "../errors.ts";
import { pooled } from "../pool.ts";
import type { Problem } from "../problem/case.ts";
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
import { encodeLine, lines, type Order, type RunOrder, type Said, type Stop } from "./messages.ts";

/** Work is saved at most this often, and at every phase change; what is no number of seconds counts as not given. */
const asked = Number(Deno.env.get("DRIVEN_HUNT_SAVE_SECONDS") || NaN);
const SAVE_SECONDS = asked >= 0 ? asked : 30;
const REPORT_SECONDS = 0.5;

/** Says something of one run. */
type Say = (said: Said) => void;

/** What says something of the run at a place of the order. */
const speakerOf = (run: number): Say => (said) => {
  const bytes = encodeLine({ run, ...said });
  for (let at = 0; at < bytes.length;) at += Deno.stdout.writeSync(bytes.subarray(at));
};

/** The checkpoint that a run goes on from. One that cannot be used is said and set aside, and the run starts over. */
async function usableCheckpoint(store: Store, trial: Trial, reuse: Reuse, say: Say): Promise<StoredCheckpoint | null> {
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
async function conclude(run: TrialRun, saver: Saver, made: Made, store: Store): Promise<Said> {
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

function progressOf({ progress: p, accuracy, phase, trial: { config } }: TrialRun, stepsPerSecond: number): Said {
  const stepsPerEpoch = p.epoch ? (p.steps - p.stepInEpoch) / p.epoch : p.stepInEpoch;
  return {
    kind: "progress",
    epoch: p.epoch,
    maxEpochs: config.maxEpochs,
    phase: phase.id,
    trainAccuracy: accuracy?.train ?? null,
    testAccuracy: accuracy?.test ?? null,
    stepsPerSecond,
    etaSeconds: (lastEpoch(p, config) - p.epoch) * stepsPerEpoch / stepsPerSecond,
  };
}

/** What a run needs before it trains; made before an engine sets the arithmetic of the thread, where that can be. */
interface Prepared {
  readonly trial: Trial;
  readonly problem: Problem;
  readonly computation: string;
}

/** What the runs of one worker have in common. */
class Workshop {
  readonly store: Store;
  readonly reuse: Reuse;
  readonly #prepared = new Map<RunOrder, Promise<Prepared>>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(readonly order: Order, readonly catalogue: Catalogue) {
    this.store = new Store(order.results, catalogue);
    this.reuse = new Reuse(catalogue, order.sources);
  }

  /** Once for each run, and one after another: what is kept of one problem serves its fingerprint too. */
  prepare(run: RunOrder): Promise<Prepared> {
    const known = this.#prepared.get(run) ?? this.#last.then(() => this.#prepare(run));
    this.#prepared.set(run, known);
    this.#last = known.catch(() => {});
    return known;
  }

  /** A run that is over needs nothing any more. */
  forget(run: RunOrder): void {
    this.#prepared.delete(run);
  }

  async #prepare({ spec }: RunOrder): Promise<Prepared> {
    const trial = resolve(this.catalogue, spec);
    const problem = await this.reuse.problem(trial);
    return { trial, problem, computation: await this.reuse.computation(trial) };
  }
}

/** One run from its order to its outcome. */
async function carryOut(
  run: RunOrder,
  workshop: Workshop,
  engine: Engine,
  say: Say,
  stopRequested: () => boolean,
): Promise<void> {
  const { order: { revision: now, sources, lanes }, store, reuse } = workshop;
  const { trial, problem, computation } = await workshop.prepare(run);
  let [reportedAt, stepsThen] = [performance.now(), 0];
  if (run.again) store.setAside(store.recordPath(trial));
  if (run.fromStart) store.beginAnew(trial);
  const from = run.fromStart ? null : await usableCheckpoint(store, trial, reuse, say);
  const revision = from ? run.resumed : now;
  const made = { revision, sources, computation };
  const saver = new Saver(store.checkpointPath(trial), made, (line) => say({ kind: "note", line }));
  say({ kind: "begun", from: from && from.progress.epoch });
  const training = await TrialRun.start(trial, problem, engine, {
    onStep(training) {
      const seconds = (performance.now() - reportedAt) / 1000;
      if (seconds > REPORT_SECONDS) {
        say(progressOf(training, (training.progress.steps - stepsThen) / seconds));
        [reportedAt, stepsThen] = [performance.now(), training.progress.steps];
      }
      return stopRequested();
    },
    onSavePoint: async (training, need) => {
      if (need !== "may" || saver.isOlderThan(SAVE_SECONDS)) await saver.saveOnTheWay(training);
    },
  }, from);
  stepsThen = training.progress.steps;
  await training.finish();
  const provenance = provenanceOf(engine, trial.engineVersions, revision, sources, lanes);
  say(await conclude(training, saver, { computation, provenance }, store));
  await training.dispose();
}

/** The catalogue that an order is about, if this process has the code that the order was made by. @throws {UsageError} */
async function catalogueOf({ plugins, sources }: Order, builtIn: Catalogue): Promise<Catalogue> {
  const catalogue = await withPlugins(builtIn, plugins);
  if (sourcesOf(catalogue) === sources) return catalogue;
  throw new UsageError("the code has changed since the run was planned; give the same command again");
}

const failed = (error: unknown): Said => {
  const line = error instanceof Error ? `${error.name}: ${error.message}`.split("\n")[0] : String(error);
  return { kind: "failed", line };
};

/** Which runs are asked to stop: some by their places, or all when nobody is there any more. */
class Stops {
  readonly #places = new Set<number>();
  #all = false;

  /** Listens until the end of what is said. */
  async listen(messages: AsyncIterable<Stop>): Promise<void> {
    try {
      for await (const { stop } of messages) this.#places.add(stop);
    } finally {
      this.#all = true;
    }
  }

  has = (place: number): boolean => this.#all || this.#places.has(place);
}

/**
 * Carries out the runs of an order, side by side as far as it says so. All places are taken before the first run begins, so
 * that none starts alone.
 *
 * @returns whether the engine lasted: on a device that gave up nothing more is begun, and nothing is said of what waits
 */
async function carryOutAll(order: Order, catalogue: Catalogue, start: Start, stops: Stops): Promise<boolean> {
  const workshop = new Workshop(order, catalogue);
  // What fails here is said of its run, in its turn.
  for (const run of order.runs.slice(0, order.lanes)) await workshop.prepare(run).catch(() => {});
  const seats = seatsOn(await start(order.runs[0].spec.engine), order.lanes);
  let lasts = true;
  await pooled([...order.runs.entries()], order.lanes, async ([place, run]) => {
    if (!lasts) return;
    const say = speakerOf(place);
    // Whose turn comes later is not begun any more.
    if (place >= order.lanes && stops.has(place)) return say({ kind: "stopped" });
    const seat = seats.take();
    try {
      await carryOut(run, workshop, seat, say, () => stops.has(place));
    } catch (error) {
      lasts &&= !(error instanceof EngineFailed);
      say(failed(error));
    } finally {
      workshop.forget(run);
      await seat.leave();
    }
  });
  return lasts;
}

/** Starts an engine by its name. */
type Start = (id: string) => Promise<Engine>;

/** Main of a worker process: one order in, a record for each of its runs. */
export async function work(builtIn: Catalogue, start: Start = startEngine): Promise<void> {
  // Signals reach the whole process group; the supervisor decides, by closing stdin.
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, () => {});
  const messages = lines<Order | Stop>(Deno.stdin.readable);
  const order = (await messages.next()).value as Order | undefined;
  // Whoever wanted something is gone.
  if (!order) Deno.exit(0);
  const stops = new Stops();
  stops.listen(messages as AsyncGenerator<Stop>).catch(() => {});
  let lasted = true;
  try {
    lasted = await carryOutAll(order, await catalogueOf(order, builtIn), start, stops);
  } catch (error) {
    order.runs.forEach((_, place) => speakerOf(place)(failed(error)));
  }
  Deno.exit(lasted ? 0 : 1);
}

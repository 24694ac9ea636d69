import { fileURLToPath } from "node:url";
import { WORKER } from "../catalogue/sources.ts";
import { complaintIn, ourselves } from "../child.ts";
import { pooled } from "../pool.ts";
import { encodeLine, lines, type Order, type Progress, type Report } from "./messages.ts";
import { continued, type Revision, revision } from "../run/record/provenance.ts";
import type { Trial } from "../run/trial.ts";
import { CheckpointError } from "../run/record/checkpoint.ts";
import type { RunRecord } from "../run/record/record.ts";
import { goesOnWithMore, type Store } from "../run/record/store.ts";
import { lackOf, Reuse } from "./reuse.ts";

/** How one run of a plan ended. */
export type Outcome =
  | { readonly trial: Trial; readonly record: RunRecord; readonly reused: boolean }
  | { readonly trial: Trial; readonly failure: string }
  | { readonly trial: Trial; readonly stopped: true };

/** Where a plan is; whoever shows it decides how. */
export interface Watcher {
  started(trial: Trial): void;
  /** Its worker is there, and begins at an epoch where the run was stopped, or at its start, null. */
  begun(trial: Trial, from: number | null): void;
  progress(trial: Trial, progress: Progress): void;
  ended(outcome: Outcome): void;
  note(line: string): void;
}

export interface SupervisorOptions {
  readonly workers: number;
  /** Whether runs that are there count, finished and unfinished ones; if not, those that were begun anew go on. */
  readonly reuse: boolean;
  /** Asks every worker to save and stop; one that has not gone after a while is killed. */
  readonly signal: AbortSignal;
  /** Kills every worker: what is saved is what they saved last. */
  readonly insist?: AbortSignal;
  /** Seconds that one run may take; one that takes longer is asked to save and counts as failed. */
  readonly timeoutSeconds?: number | null;
  /** Sources of the code that the plan was made by; workers do not start on another one. */
  readonly sources: string;
  /** Main module of a worker; another one only where a test needs workers that misbehave. */
  readonly worker?: string;
}

/** Seconds that a worker has to save and go when its time is over, or when it was asked to stop. */
const GRACE_SECONDS = 30;

function kill(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGKILL");
  } catch (error) {
    // It has gone by itself.
    if (!(error instanceof TypeError)) throw error;
  }
}

/** What ends one worker from outside: its time limit, and whoever asks it to stop; it is killed when it does not go. */
class Limits {
  readonly #overtime = new AbortController();
  readonly #ended = new AbortController();
  readonly #timers: ReturnType<typeof setTimeout>[] = [];

  constructor(child: Deno.ChildProcess, { signal, insist, timeoutSeconds }: SupervisorOptions) {
    const after = (s: number, act: () => void) => this.#timers.push(setTimeout(act, 1000 * s));
    const giveTime = () => after(GRACE_SECONDS, () => kill(child));
    const listening = { once: true, signal: this.#ended.signal };
    if (timeoutSeconds) {
      after(timeoutSeconds, () => this.#overtime.abort());
      after(timeoutSeconds + GRACE_SECONDS, () => kill(child));
    }
    signal.aborted ? giveTime() : signal.addEventListener("abort", giveTime, listening);
    insist?.addEventListener("abort", () => kill(child), listening);
  }

  /** That its time is over. */
  get overtime(): AbortSignal {
    return this.#overtime.signal;
  }

  end(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#ended.abort();
  }
}

/** What a run is made by that goes on from its checkpoint, if there is one: the code as it is, and that of the checkpoint. */
function resumedRevision(trial: Trial, store: Store, now: Revision): Revision {
  try {
    const from = store.checkpoint(trial);
    return from ? continued(from.checkpoint.revision, now) : now;
  } catch (error) {
    // The worker meets it too, says so and starts over.
    if (error instanceof CheckpointError) return now;
    throw error;
  }
}

/** Starts a worker and follows it to its outcome. */
async function follow(trial: Trial, store: Store, options: SupervisorOptions, watch: Watcher): Promise<Outcome> {
  const { signal, timeoutSeconds, worker = fileURLToPath(WORKER) } = options;
  const goesOnAnew = store.goesOnAnew(trial);
  const fromStart = !options.reuse && !goesOnAnew;
  let child: Deno.ChildProcess;
  try {
    if (fromStart) store.beginAnew(trial);
    const pipes = { stdin: "piped", stdout: "piped", stderr: "piped" } as const;
    child = ourselves({ module: worker, permissions: "worker", ...pipes }).spawn();
  } catch (error) {
    return { trial, failure: `the run could not be started: ${(error as Error).message}` };
  }
  const errors = new Response(child.stderr).text();
  const plugins = store.catalogue.plugins.map(({ url }) => url);
  const { sources } = options;
  const now = revision();
  const order = {
    spec: trial.spec,
    results: store.folder,
    revision: now,
    resumed: fromStart ? now : resumedRevision(trial, store, now),
    plugins,
    sources,
    fromStart,
  };
  const limits = new Limits(child, options);
  const last = await converse(child, trial, order, AbortSignal.any([signal, limits.overtime]), watch);
  const { code, signal: killedBy } = await child.status;
  limits.end();
  if (last?.kind === "finished") {
    const found = store.read(trial);
    if (found && "record" in found) return { trial, record: found.record, reused: false };
    if (found) return { trial, failure: `its record ${last.path} contradicts itself: ${found.rejected}` };
  }
  if (last?.kind === "failed") return { trial, failure: last.line };
  if (limits.overtime.aborted && !signal.aborted) {
    const others = options.reuse ? "" : ", without --no-cache it does no other again";
    return { trial, failure: `took longer than ${timeoutSeconds} s; the same command goes on where it is${others}` };
  }
  if (last?.kind === "stopped" || signal.aborted) return { trial, stopped: true };
  const reason = complaintIn(await errors) ?? `exit code ${code}`;
  return { trial, failure: killedBy ? `its worker was killed by ${killedBy}` : `its worker ended early: ${reason}` };
}

/** Gives a worker its order, passes on what it says, asks it to stop when that is wanted; returns its last word. */
async function converse(
  child: Deno.ChildProcess,
  trial: Trial,
  order: Order,
  signal: AbortSignal,
  watch: Watcher,
): Promise<Report | null> {
  const stdin = child.stdin.getWriter();
  const stop = () => void stdin.close().catch(() => {});
  let last: Report | null = null;
  try {
    await stdin.write(encodeLine(order));
    signal.aborted ? stop() : signal.addEventListener("abort", stop, { once: true });
    for await (const report of lines<Report>(child.stdout)) {
      last = report;
      if (report.kind === "begun") watch.begun(trial, report.from);
      if (report.kind === "progress") watch.progress(trial, report);
      if (report.kind === "note") watch.note(report.line);
    }
  } catch (error) {
    last = { kind: "failed", line: `its output could not be read: ${error}` };
  } finally {
    signal.removeEventListener("abort", stop);
    stop();
  }
  return last;
}

/**
 * The record of a finished run, if the code as it is would make the same; one of other code, or without a probe that is asked for, is said and
 * set aside.
 */
async function reusable(trial: Trial, store: Store, reuse: Reuse, watch: Watcher): Promise<RunRecord | null> {
  const record = store.find(trial, (line) => watch.note(line));
  if (!record) return null;
  const objection = lackOf(trial, record) ??
    await reuse.objection(trial, { ...record, sources: record.provenance.sources });
  if (objection === null) return record;
  const to = store.setAside(store.recordPath(trial));
  watch.note(`record ${store.recordPath(trial)}: ${objection}; the run is done again, the old record is kept as ${to}`);
  return null;
}

/**
 * Carries out a plan with up to `workers` processes at a time, one run each.
 *
 * The result of a run does not depend on how many run beside it: each is one single-threaded process.
 */
export async function supervise(
  plan: readonly Trial[],
  store: Store,
  options: SupervisorOptions,
  watch: Watcher,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = new Array(plan.length);
  const toDo: number[] = [];
  const reuse = new Reuse(store.catalogue, options.sources);
  for (const [i, trial] of plan.entries()) {
    const record = options.reuse ? await reusable(trial, store, reuse, watch) : null;
    if (record) {
      // Of another bench that was interrupted when the one beside it had finished the run.
      if (!goesOnWithMore(record)) store.forget(trial);
      watch.ended(outcomes[i] = { trial, record, reused: true });
    } else toDo.push(i);
  }
  await pooled(toDo, options.workers, async (i) => {
    if (options.signal.aborted) {
      outcomes[i] = { trial: plan[i], stopped: true };
      return;
    }
    watch.started(plan[i]);
    if (!options.reuse) store.setAside(store.recordPath(plan[i]));
    watch.ended(outcomes[i] = await follow(plan[i], store, options, watch));
  });
  return outcomes;
}

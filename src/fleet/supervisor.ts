import { pooled } from "../pool.ts";
import type { RunRecord } from "../run/record/record.ts";
import { goesOnWithMore, type Store } from "../run/record/store.ts";
import type { Trial } from "../run/trial.ts";
import { Crew } from "./crew.ts";
import type { Progress } from "./messages.ts";
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
  /** How many runs of one cell a worker has side by side (default 1); the engine has to be one that can. */
  readonly lanes?: number;
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
 * Runs that differ in their seeds alone have the same programs: these go to one worker, so many at a time, or to several where
 * there are more of them.
 */
function crewsOf(plan: readonly Trial[], toDo: readonly number[], lanes: number, workers: number): number[][] {
  if (lanes === 1) return toDo.map((i) => [i]);
  const cellOf = ({ spec: { seed: _, ...spec } }: Trial) => JSON.stringify(spec);
  return [...Map.groupBy(toDo, (i) => cellOf(plan[i])).values()].flatMap((cell) => {
    const crews = Math.min(workers, Math.ceil(cell.length / lanes));
    return Array.from({ length: crews }, (_, crew) => cell.filter((_, i) => i % crews === crew));
  });
}

/**
 * Carries out a plan with up to `workers` processes at a time, one run each, or `lanes` runs of one cell.
 *
 * The result of a run does not depend on how many run beside it.
 */
export async function supervise(
  plan: readonly Trial[],
  store: Store,
  options: SupervisorOptions,
  watch: Watcher,
): Promise<Outcome[]> {
  const { lanes = 1, workers } = options;
  const outcomes: Outcome[] = new Array(plan.length);
  const places = new Map(plan.map((trial, i) => [trial, i]));
  const ended = (outcome: Outcome) => watch.ended(outcomes[places.get(outcome.trial)!] = outcome);
  const toDo: number[] = [];
  const reuse = new Reuse(store.catalogue, options.sources);
  for (const [i, trial] of plan.entries()) {
    const record = options.reuse ? await reusable(trial, store, reuse, watch) : null;
    if (record) {
      // Of another bench that was interrupted when the one beside it had finished the run.
      if (!goesOnWithMore(record)) store.forget(trial);
      ended({ trial, record, reused: true });
    } else toDo.push(i);
  }
  await pooled(crewsOf(plan, toDo, lanes, workers), workers, async (crew) => {
    let left = crew.map((i) => plan[i]);
    while (left.length > 0) {
      if (options.signal.aborted) {
        for (const trial of left) outcomes[places.get(trial)!] = { trial, stopped: true };
        return;
      }
      // What a worker that died never came to has another one.
      left = await new Crew(left, lanes, { store, options, watch, ended }).work();
    }
  });
  return outcomes;
}

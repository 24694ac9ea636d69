import { DataError } from "../data/data_error.ts";
import { UsageError } from "../errors.ts";
import { type Outcome, supervise } from "../fleet/supervisor.ts";
import { watcherFor } from "../report/progress.ts";
import { gitRefusal } from "../run/record/provenance.ts";
import type { RunRecord } from "../run/record/record.ts";
import type { Store } from "../run/record/store.ts";
import { overridesText, type Trial } from "../run/trial.ts";
import { EXIT } from "./command.ts";
import { examineApart } from "./doctor.ts";

/** How a plan is carried out. */
export interface Training {
  readonly workers: number;
  readonly lanes: number;
  /** Whether finished and unfinished runs that are there are used. */
  readonly cache: boolean;
  readonly timeoutSeconds: number | null;
  /** Of the code that was asked: all of a plan is done by the same. */
  readonly sources: string;
}

/** The plan, a run a line, and whether it is there already. */
export function printPlan(plan: readonly Trial[], store: Store): void {
  for (const trial of plan) {
    const { id, case: { id: caseId }, algorithm, spec } = trial;
    const state = store.find(trial, console.error) ? "finished" : "to do";
    console.log([id, caseId, algorithm.id, `seed ${spec.seed}`, overridesText(spec), state].join("\t"));
  }
}

/** What did not end as it should, and what to do: one line each; returns the exit code. */
export function complain(outcomes: readonly Outcome[]): number {
  let failed = 0;
  for (const outcome of outcomes) {
    if (!("failure" in outcome)) continue;
    const { trial: { case: { id }, algorithm, spec } } = outcome;
    console.error(`failed: ${id} ${algorithm.id} seed ${spec.seed}: ${outcome.failure}`);
    failed++;
  }
  const stopped = outcomes.filter((outcome) => "stopped" in outcome).length;
  if (stopped) console.error(`stopped: ${stopped} runs are unfinished; give the same command again to go on`);
  return failed || stopped ? EXIT.usage : EXIT.ok;
}

/** @throws {UsageError} for an engine that is not there; whether it computes rightly is for the canaries */
async function assertStarts(engine: string): Promise<void> {
  const { state, reason } = await examineApart(engine, true);
  if (state !== "works") throw new UsageError(`engine '${engine}': ${reason}`);
}

/** Refuses what cannot work before any run starts, and says what will not be of use. @throws {UsageError} */
export async function preflight(plan: readonly Trial[], store: Store): Promise<void> {
  const trials = new Map(plan.map((trial) => [trial.case.id, trial]));
  await assertStarts(plan[0].spec.engine);
  try {
    for (const trial of trials.values()) await trial.case.data?.verify();
  } catch (error) {
    if (error instanceof DataError) throw new UsageError(error.message);
    throw error;
  }
  store.prepare();
  const refusal = gitRefusal();
  if (refusal) console.error(`records will name no commit, and cannot be blessed, for git says: ${refusal}`);
}

/** Runs a plan to its outcomes, as far as it is not interrupted. */
export async function carryOut(plan: readonly Trial[], store: Store, training: Training): Promise<Outcome[]> {
  const [interrupt, insist] = [new AbortController(), new AbortController()];
  const onSignal = () => {
    if (interrupt.signal.aborted) insist.abort();
    interrupt.abort();
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, onSignal);
  const watcher = watcherFor(plan);
  const { workers, lanes, cache: reuse, timeoutSeconds, sources } = training;
  try {
    return await supervise(plan, store, {
      workers,
      lanes,
      reuse,
      timeoutSeconds,
      signal: interrupt.signal,
      insist: insist.signal,
      sources,
    }, watcher);
  } finally {
    watcher.close();
    for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.removeSignalListener(signal, onSignal);
  }
}

/** Whether the plan was interrupted: some of its runs wait for the same command. */
export const wasStopped = (outcomes: readonly Outcome[]): boolean => outcomes.some((outcome) => "stopped" in outcome);

export const recordsOf = (outcomes: readonly Outcome[]): RunRecord[] =>
  outcomes.flatMap((outcome) => "record" in outcome ? [outcome.record] : []);

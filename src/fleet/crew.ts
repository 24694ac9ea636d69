import { fileURLToPath } from "node:url";
import { WORKER } from "../catalogue/sources.ts";
import { complaintIn, ourselves } from "../child.ts";
import { CheckpointError } from "../run/record/checkpoint.ts";
import { continued, type Revision, revision } from "../run/record/provenance.ts";
import type { Store } from "../run/record/store.ts";
import type { Trial } from "../run/trial.ts";
import { encodeLine, lines, type Order, type Report, type RunOrder, type Said, type Stop } from "./messages.ts";
import type { Outcome, SupervisorOptions, Watcher } from "./supervisor.ts";

/** Seconds that a worker has to save and go when its time is over, or when it was asked to stop. */
const GRACE_SECONDS = 30;

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

/** One run of a worker, as far as it has come. */
interface Member {
  readonly trial: Trial;
  isBegun: boolean;
  /** Whether its time is over. */
  isLate: boolean;
  outcome: Outcome | null;
}

/** What a crew needs of its surroundings. */
export interface Surroundings {
  readonly store: Store;
  readonly options: SupervisorOptions;
  readonly watch: Watcher;
  /** Hears of each run as it ends. */
  readonly ended: (outcome: Outcome) => void;
}

/** One worker process and the runs that it is given, up to so many side by side. */
export class Crew {
  readonly #members: readonly Member[];
  readonly #lanes: number;
  readonly #around: Surroundings;
  readonly #timers: ReturnType<typeof setTimeout>[] = [];
  readonly #gone = new AbortController();
  /** Whether the worker was killed for a run that did not stop when its time was over. */
  #isKilledForLate = false;
  #child!: Deno.ChildProcess;
  #stdin!: WritableStreamDefaultWriter<Uint8Array>;

  constructor(trials: readonly Trial[], lanes: number, around: Surroundings) {
    this.#members = trials.map((trial) => ({ trial, isBegun: false, isLate: false, outcome: null }));
    this.#lanes = Math.min(lanes, trials.length);
    this.#around = around;
  }

  /** Starts the worker and follows it to its end. @returns the runs that it never came to */
  async work(): Promise<Trial[]> {
    const { options: { worker = fileURLToPath(WORKER) }, store, watch } = this.#around;
    let order: Order;
    try {
      order = this.#order(store);
      const pipes = { stdin: "piped", stdout: "piped", stderr: "piped" } as const;
      this.#child = ourselves({ module: worker, permissions: "worker", ...pipes }).spawn();
    } catch (error) {
      this.#endAll(`the run could not be started: ${(error as Error).message}`);
      return [];
    }
    this.#stdin = this.#child.stdin.getWriter();
    const errors = new Response(this.#child.stderr).text();
    this.#watchLimits();
    this.#members.slice(0, this.#lanes).forEach((member, place) => this.#start(member, place));
    const unreadable = await this.#converse(order, watch);
    const { code, signal } = await this.#child.status;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#gone.abort();
    const reason = signal
      ? `its worker was killed by ${signal}`
      : `its worker ended early: ${complaintIn(await errors) ?? `exit code ${code}`}`;
    return this.#conclude(unreadable ?? reason);
  }

  #order(store: Store): Order {
    const { options: { reuse, sources } } = this.#around;
    const now = revision();
    const runs = this.#members.map(({ trial }): RunOrder => {
      const fromStart = !reuse && !store.goesOnAnew(trial);
      const resumed = fromStart ? now : resumedRevision(trial, store, now);
      return { spec: trial.spec, resumed, again: !reuse, fromStart };
    });
    const plugins = store.catalogue.plugins.map(({ url }) => url);
    return { runs, lanes: this.#lanes, results: store.folder, revision: now, plugins, sources };
  }

  /** Has the worker killed that does not go when it should, or when somebody insists. */
  #watchLimits(): void {
    const { options: { signal, insist } } = this.#around;
    const listening = { once: true, signal: this.#gone.signal };
    const giveTime = () => this.#after(GRACE_SECONDS, () => this.#kill());
    signal.aborted ? giveTime() : signal.addEventListener("abort", giveTime, listening);
    insist?.addEventListener("abort", () => this.#kill(), listening);
  }

  /** A run's turn has come; from now on it has its time. One that is asked to stop and does not takes its worker with it. */
  #start(member: Member, place: number): void {
    const { watch, options: { timeoutSeconds } } = this.#around;
    watch.started(member.trial);
    if (!timeoutSeconds) return;
    this.#after(timeoutSeconds, () => {
      if (member.outcome) return;
      member.isLate = true;
      this.#send({ stop: place });
    });
    this.#after(timeoutSeconds + GRACE_SECONDS, () => {
      if (member.outcome) return;
      this.#isKilledForLate = true;
      this.#kill();
    });
  }

  #after(seconds: number, act: () => void): void {
    this.#timers.push(setTimeout(act, 1000 * seconds));
  }

  #kill(): void {
    try {
      this.#child.kill("SIGKILL");
    } catch (error) {
      // It has gone by itself.
      if (!(error instanceof TypeError)) throw error;
    }
  }

  #send(message: Order | Stop): void {
    void this.#stdin.write(encodeLine(message)).catch(() => {});
  }

  /** Gives the worker its order, hears what it says, asks it to stop when that is wanted. @returns what was no report */
  async #converse(order: Order, watch: Watcher): Promise<string | null> {
    const { options: { signal } } = this.#around;
    const stop = () => void this.#stdin.close().catch(() => {});
    try {
      this.#send(order);
      signal.aborted ? stop() : signal.addEventListener("abort", stop, { once: true });
      for await (const { run, ...said } of lines<Report>(this.#child.stdout)) this.#hear(run, said as Said, watch);
      return null;
    } catch (error) {
      return `its output could not be read: ${error}`;
    } finally {
      signal.removeEventListener("abort", stop);
      stop();
    }
  }

  #hear(place: number, said: Said, watch: Watcher): void {
    const member = this.#members[place];
    const { trial } = member;
    if (said.kind === "begun") {
      member.isBegun = true;
      if (place >= this.#lanes) this.#start(member, place);
      watch.begun(trial, said.from);
    }
    if (said.kind === "progress") watch.progress(trial, said);
    if (said.kind === "note") watch.note(said.line);
    const outcome = this.#outcomeOf(member, said);
    if (outcome) this.#end(member, outcome);
  }

  /** What a run's last word makes of it; null for any other word, and for one that says what is not so. */
  #outcomeOf({ trial, isLate }: Member, said: Said): Outcome | null {
    const { store, options: { signal } } = this.#around;
    if (said.kind === "finished") {
      const found = store.read(trial);
      if (!found) return null;
      if ("record" in found) return { trial, record: found.record, reused: false };
      return { trial, failure: `its record ${said.path} contradicts itself: ${found.rejected}` };
    }
    if (said.kind === "failed") return { trial, failure: said.line };
    if (said.kind !== "stopped") return null;
    if (!isLate || signal.aborted) return { trial, stopped: true };
    return { trial, failure: this.#tooLong() };
  }

  #tooLong(): string {
    const { options: { reuse, timeoutSeconds } } = this.#around;
    const others = reuse ? "" : ", without --no-cache it does no other again";
    return `took longer than ${timeoutSeconds} s; the same command goes on where it is${others}`;
  }

  #end(member: Member, outcome: Outcome): void {
    if (member.outcome) return;
    member.outcome = outcome;
    this.#around.ended(outcome);
    // All is said; a worker that lingers all the same is let go of.
    if (this.#child && this.#members.every(({ outcome }) => outcome)) {
      void this.#stdin.close().catch(() => {});
      this.#after(GRACE_SECONDS, () => this.#kill());
    }
  }

  #endAll(failure: string): void {
    for (const member of this.#members) this.#end(member, { trial: member.trial, failure });
  }

  /**
   * The worker is gone: what it did not end has failed, or was stopped.
   *
   * @returns what another worker is to go on with, if this one came to any: what it never began, and those that went down with
   * a run whose time was over
   */
  #conclude(reason: string): Trial[] {
    const { options: { signal } } = this.#around;
    const cameToAny = this.#members.some(({ isBegun, outcome }) => isBegun || outcome);
    const isInnocent = ({ isBegun, isLate }: Member) => cameToAny && !isLate && (!isBegun || this.#isKilledForLate);
    const waiting: Trial[] = [];
    for (const member of this.#members.filter(({ outcome }) => !outcome)) {
      const { trial, isLate } = member;
      if (signal.aborted) this.#end(member, { trial, stopped: true });
      else if (isInnocent(member)) waiting.push(trial);
      else this.#end(member, { trial, failure: isLate ? this.#tooLong() : reason });
    }
    return waiting;
  }
}

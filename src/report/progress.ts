import { createLogUpdate } from "log-update";
import process from "node:process";
import type { Progress } from "../fleet/messages.ts";
import { overridesText, type Trial } from "../run/trial.ts";
import type { Outcome, Watcher } from "../fleet/supervisor.ts";
import { duration, integer } from "../text.ts";

export interface ClosableWatcher extends Watcher {
  close(): void;
}

const label = ({ case: { id }, algorithm, spec }: Trial) =>
  [id, overridesText(spec), algorithm.id, `seed ${spec.seed}`].filter(Boolean).join(" ");

const accuracy = (x: number | null) => x === null ? "–" : x.toFixed(3);

function describe(p: Progress): string {
  const rate = p.stepsPerSecond >= 10 ? p.stepsPerSecond.toFixed(0) : p.stepsPerSecond.toFixed(1);
  return `epoch ${integer(p.epoch)}/${integer(p.maxEpochs)}  ${rate} steps/s  train ${accuracy(p.trainAccuracy)}  ` +
    `test ${accuracy(p.testAccuracy)}  ${p.phase}  ≤ ${duration(p.etaSeconds)}`;
}

const describeResumed = (from: number) => `resumed at epoch ${integer(from)}`;

function describeEnd(outcome: Outcome): string {
  if ("failure" in outcome) return `failed: ${outcome.failure}`;
  if ("stopped" in outcome) return "stopped, can go on";
  const { record: { status, generalised, memorised, timing }, reused } = outcome;
  const events = `memorised ${memorised?.epoch ?? "–"}, generalised ${generalised?.epoch ?? "–"}`;
  return `${status}: ${events}${reused ? " (kept from before)" : `, ${duration(timing.wallSeconds)}`}`;
}

const BAR = 30;
const bar = (share: number) => "█".repeat(Math.round(share * BAR)).padEnd(BAR, "░");

/** One line a running trial and a bar for the whole plan, redrawn in place. */
class TerminalWatcher implements ClosableWatcher {
  readonly #draw = createLogUpdate(process.stderr);
  readonly #running = new Map<Trial, string>();
  readonly #begun = performance.now();
  #done = 0;
  #worked = 0;

  constructor(readonly total: number) {}

  started(trial: Trial): void {
    this.#running.set(trial, "starting");
    this.#redraw();
  }

  begun(trial: Trial, from: number | null): void {
    if (from !== null) this.note(`${label(trial)}  ${describeResumed(from)}`);
  }

  progress(trial: Trial, progress: Progress): void {
    this.#running.set(trial, describe(progress));
    this.#redraw();
  }

  ended(outcome: Outcome): void {
    this.#running.delete(outcome.trial);
    this.#done++;
    if ("record" in outcome && !outcome.reused) this.#worked++;
    this.note(`${label(outcome.trial)}  ${describeEnd(outcome)}`);
  }

  note(line: string): void {
    this.#draw.clear();
    console.error(line);
    this.#redraw();
  }

  close(): void {
    this.#draw.clear();
    this.#draw.done();
  }

  #redraw(): void {
    const width = Math.max(0, ...[...this.#running.keys()].map((t) => label(t).length));
    const lines = [...this.#running].map(([trial, text]) => `${label(trial).padEnd(width)}  ${text}`);
    const seconds = (performance.now() - this.#begun) / 1000;
    const eta = this.#worked ? duration(seconds / this.#worked * (this.total - this.#done)) : "–";
    const all = `${bar(this.#done / this.total)}  ${this.#done}/${this.total} runs  about ${eta} left`;
    this.#draw([...lines, all].join("\n"));
  }
}

const QUIET_SECONDS = 15;

/** Plain lines, for logs: starts, ends, and a line a quarter of a minute a run. */
class LineWatcher implements ClosableWatcher {
  readonly #spoken = new Map<Trial, number>();
  #done = 0;

  constructor(readonly total: number) {}

  started(trial: Trial): void {
    this.#spoken.set(trial, performance.now());
  }

  begun(trial: Trial, from: number | null): void {
    console.error(`${label(trial)}  ${from === null ? "started" : describeResumed(from)}`);
  }

  progress(trial: Trial, progress: Progress): void {
    if (performance.now() - (this.#spoken.get(trial) ?? 0) < QUIET_SECONDS * 1000) return;
    this.#spoken.set(trial, performance.now());
    console.error(`${label(trial)}  ${describe(progress)}`);
  }

  ended(outcome: Outcome): void {
    console.error(`[${++this.#done}/${this.total}] ${label(outcome.trial)}  ${describeEnd(outcome)}`);
  }

  note(line: string): void {
    console.error(line);
  }

  close(): void {}
}

/** Progress on stderr: redrawn on a terminal, plain lines elsewhere. */
export function watcherFor(plan: readonly Trial[]): ClosableWatcher {
  const onTerminal = Deno.stdout.isTerminal() && Deno.stderr.isTerminal();
  return onTerminal ? new TerminalWatcher(plan.length) : new LineWatcher(plan.length);
}

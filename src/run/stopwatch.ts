import type { Progress } from "./progress.ts";
import type { Timing } from "./record/record.ts";

/** Seconds of work: a resumed run counts what it did, not the time it lay still. */
export type WorkTimes = Omit<Timing, "finishedAt">;

/** Measures the work of a run, over its interruptions. */
export class Stopwatch {
  #times: WorkTimes;
  #since = performance.now();

  constructor(from: WorkTimes = { wallSeconds: 0, secondsMemorised: null, secondsGeneralised: null }) {
    this.#times = from;
  }

  /** Seconds so far, and to the milestones that were noted. */
  read(): WorkTimes {
    const now = performance.now();
    this.#times = { ...this.#times, wallSeconds: this.#times.wallSeconds + (now - this.#since) / 1000 };
    this.#since = now;
    return this.#times;
  }

  /** Notes when milestones were reached. */
  note({ memorised, generalised }: Pick<Progress, "memorised" | "generalised">): void {
    const { wallSeconds, secondsMemorised, secondsGeneralised } = this.read();
    this.#times = {
      wallSeconds,
      secondsMemorised: secondsMemorised ?? (memorised ? wallSeconds : null),
      secondsGeneralised: secondsGeneralised ?? (generalised ? wallSeconds : null),
    };
  }
}

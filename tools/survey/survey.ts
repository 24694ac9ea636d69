import { revision } from "../../src/run/record/provenance.ts";
import type { Row } from "../engine/duel.ts";
import type { EngineParity } from "../engine/engine_parity.ts";

/** The machine, as `doctor` and the driver of a graphics card describe it. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly os: string;
  readonly deno: string;
  /** Name and driver of the graphics card, as its driver's own tool says them; null where there is no such tool. */
  readonly gpu: string | null;
}

/** Some hours' work of a board in minutes: how many runs one engine ends. */
export interface Night {
  readonly engine: string;
  readonly command: string;
  readonly seconds: number;
  /** Runs that came to their end. */
  readonly runs: number;
  readonly steps: number;
  /** What the gate made of them: words of `deno task gate`, or why there are none. */
  readonly verdict: string;
}

/** How one step of the survey went. */
export interface StepReport {
  readonly name: string;
  readonly command: string;
  readonly seconds: number;
  /** Null where it did what it should; else why not. */
  readonly failure: string | null;
}

/** All that is measured of one machine; what no step has measured is empty. */
export interface Survey {
  readonly format: 1;
  readonly date: string;
  /** Commit of the suite; null where git does not say. */
  readonly commit: string | null;
  readonly machine: Machine | null;
  readonly parity: readonly EngineParity[];
  readonly timings: readonly Row[];
  readonly nights: readonly Night[];
  readonly steps: readonly StepReport[];
}

export const emptySurvey = (date: string, commit: string | null): Survey => ({
  format: 1,
  date,
  commit,
  machine: null,
  parity: [],
  timings: [],
  nights: [],
  steps: [],
});

/** The commit of this checkout, `+` where files have changed since; null where git does not say. */
export function commitNow(): string | null {
  const { commit, dirty } = revision();
  return commit && `${commit}${dirty ? "+" : ""}`;
}

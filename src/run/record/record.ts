import type { Values } from "../../declare/field.ts";
import type { CommonConfig } from "../../problem/case.ts";

/** Raised whenever the meaning of a record or the numbers behind it change. */
export const SCHEMA = 2;

/** How a finished run ended. A run that failed has no record: errors are reported, never kept. */
export type Status = "grokked" | "censored" | "diverged";

/** When something happened, counted from the start of the run. */
export interface Milestone {
  readonly epoch: number;
  readonly steps: number;
  readonly gradientCalls: number;
}

/** Columns of equal length; null where a quantity does not exist at that row. */
export type Table = Record<string, (number | null)[]>;

/** What was measured on the way. */
export interface Curve {
  /** One row an evaluated epoch; see docs/records.md for the columns. */
  readonly epochs: Table;
  /** One row a recorded step: every step up to 100 of a phase, then at each 1 % of growth. */
  readonly steps: Table;
}

/** Whether the accuracy stays after the first crossing, over the epochs evaluated since (one an epoch). */
export interface Steadiness {
  readonly epochs: number;
  /** Share of those epochs above the threshold. */
  readonly shareAbove: number;
  readonly lowestAccuracy: number;
}

export interface Provenance {
  readonly deno: string;
  readonly engineVersions: Readonly<Record<string, string>>;
  readonly cpu: string;
  /** What the engine computed on, where that is not the processor. */
  readonly device?: string;
  /** How many runs its process had side by side, where it was not alone: its seconds are of all of them. */
  readonly lanes?: number;
  readonly os: string;
  readonly commit: string | null;
  readonly dirty: boolean | null;
  /** SHA-256 of the files that its worker had loaded; null in records from before it was kept. */
  readonly sources: string | null;
}

/** Seconds of work; a resumed run counts what it did, not the time it lay still. */
export interface Timing {
  readonly wallSeconds: number;
  readonly secondsMemorised: number | null;
  readonly secondsGeneralised: number | null;
  readonly finishedAt: string;
}

/** What a run came to, without its curves. Everything but `timing` and `provenance` is determined by what `id` names. */
export interface RunSummary {
  readonly schema: typeof SCHEMA;
  readonly id: string;
  readonly case: string;
  /** Every field of the case. */
  readonly config: CommonConfig;
  readonly algorithm: string;
  readonly control: string | null;
  /** Every field of the algorithm. */
  readonly hyper: Values;
  readonly seed: number;
  readonly engine: string;
  /**
   * At which evaluations the training set, once memorised, and the predator are scored: `sparse` is at milestones, at the end
   * and when the epoch has grown by 5 %. Absent in records from before it was kept: at each.
   */
  readonly scoring?: "sparse";
  /** Ids of what was measured besides; absent in records from before there were probes: none. */
  readonly probes?: readonly string[];
  readonly status: Status;
  readonly parameters: number;
  readonly epochs: number;
  readonly steps: number;
  readonly gradientCalls: number;
  readonly memorised: Milestone | null;
  readonly generalised: Milestone | null;
  /**
   * From where on every test accuracy seen is above the threshold, to the end; null when the last one is not, or when the
   * run diverged. Absent in records from before it was kept.
   */
  readonly above?: Milestone | null;
  readonly steadiness: Steadiness | null;
  /** SHA-256 of the curve and of the final parameters, bit for bit. */
  readonly digest: string;
  /** Fingerprint of what was trained, see `computation.ts`; null in records from before there was one. */
  readonly computation: string | null;
  readonly provenance: Provenance;
  readonly timing: Timing;
}

/** A run without its curves: of what it came to, and of where it started. */
export interface Outlined extends RunSummary {
  /** ‖θ₀‖ of the initial vector. */
  readonly initialNorm: number;
}

/** What is judged and ranked, whether its curves are at hand or not. */
export type Run = Outlined | RunRecord;

/** The result of one run. */
export interface RunRecord extends RunSummary {
  readonly curve: Curve;
  /** See `seal.ts`. */
  readonly seal: string;
}

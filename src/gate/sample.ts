import { initialNormOf } from "../run/record/outline.ts";
import type { Milestone, Provenance, Run, Status, Steadiness, Timing } from "../run/record/record.ts";

/** Where a sample was made. */
export type Source = Omit<Provenance, "dirty" | "sources"> & { readonly engine: string };

/** One run in an expectation: its outcome, and what to find it by. */
export interface Sample {
  readonly seed: number;
  /** Id of the record, and the digest of its trajectory. */
  readonly record: string;
  readonly digest: string;
  /** Index into the expectation's sources. */
  readonly source: number;
  /** Epochs that the run was given. */
  readonly budget: number;
  readonly status: Status;
  readonly epochs: number;
  readonly gradientCalls: number;
  readonly memorised: Milestone | null;
  readonly generalised: Milestone | null;
  readonly steadiness: Steadiness | null;
  /** ‖θ₀‖ of the initial vector. */
  readonly initialNorm: number;
  readonly timing: Omit<Timing, "finishedAt">;
}

const milliseconds = (x: number | null) => x === null ? null : Math.round(x * 1000) / 1000;

/** What an expectation keeps of a record. */
export function sampleOf(record: Run, source: number): Sample {
  const { seed, id, digest, config, status, epochs, gradientCalls, memorised, generalised, steadiness } = record;
  const { wallSeconds, secondsMemorised, secondsGeneralised } = record.timing;
  return {
    seed,
    record: id,
    digest,
    source,
    budget: config.maxEpochs,
    status,
    epochs,
    gradientCalls,
    memorised,
    generalised,
    steadiness,
    initialNorm: initialNormOf(record),
    timing: {
      wallSeconds: milliseconds(wallSeconds)!,
      secondsMemorised: milliseconds(secondsMemorised),
      secondsGeneralised: milliseconds(secondsGeneralised),
    },
  };
}

export function sourceOf({ engine, provenance: { dirty: _d, sources: _s, ...where } }: Run): Source {
  return { engine, ...where };
}

import type { Values } from "../../src/declare/field.ts";
import { askedFor } from "../../src/run/record/finish.ts";
import type { Milestone, RunRecord, Status } from "../../src/run/record/record.ts";
import { fingerprint, sealed } from "../../src/run/record/seal.ts";
import { resolved, specOf } from "./runs.ts";

const STEPS = 4; // steps an epoch, of these made-up runs

const milestone = (epoch: number): Milestone => ({ epoch, steps: STEPS * epoch, gradientCalls: STEPS * epoch });

/** What a made-up run came to. */
export interface MadeUpRun {
  readonly case?: string;
  readonly algorithm?: string;
  readonly seed: number;
  readonly generalised: number | null;
  readonly memorised?: number | null;
  readonly overrides?: Values;
  readonly status?: Status;
  readonly commit?: string;
  readonly cpu?: string;
  /** Stands for another trajectory of the same run. */
  readonly trajectory?: string;
  readonly dirty?: boolean;
  readonly initialNorm?: number;
  readonly sources?: string | null;
  readonly computation?: string | null;
}

/** A sealed record whose curve tells the same story as its milestones. */
export function madeUp(wanted: MadeUpRun): RunRecord {
  const { seed, generalised, memorised = 5, overrides = {}, commit = "c0ffee0000", cpu = "a processor" } = wanted;
  const spec = { ...specOf(wanted.case ?? "tiny-div", wanted.algorithm ?? "adamw", overrides), seed };
  const trial = resolved(spec);
  const { config } = trial;
  const epochs = generalised === null ? config.maxEpochs : generalised + config.extraEpochs;
  const rows = [...new Set([0, memorised, generalised, epochs].filter((e) => e !== null))].sort((a, b) => a - b);
  const reached = (at: number | null) => (epoch: number) => at !== null && epoch >= at ? 1 : 0.1;
  const nothing = rows.map(() => null);
  const curve = {
    epochs: {
      epoch: rows,
      steps: rows.map((epoch) => STEPS * epoch),
      gradientCalls: rows.map((epoch) => STEPS * epoch),
      trainAccuracy: rows.map(reached(memorised)),
      testAccuracy: rows.map(reached(generalised)),
      weightNorm: rows.map(() => wanted.initialNorm ?? 10),
      predatorWeightNorm: nothing,
    },
    steps: {
      step: [1, 2],
      phase: [0, 0],
      t: [1, 2],
      stepNorm: [1, 1],
      distance: [null, null],
      potential: [null, null],
    },
  };
  return sealed({
    ...askedFor(trial),
    status: wanted.status ?? (generalised === null ? "censored" as const : "grokked" as const),
    parameters: 10,
    epochs,
    steps: STEPS * epochs,
    gradientCalls: STEPS * epochs,
    memorised: memorised === null ? null : milestone(memorised),
    generalised: generalised === null ? null : milestone(generalised),
    steadiness: generalised === null ? null : { epochs: 4, shareAbove: 0.5, lowestAccuracy: 0.3 },
    digest: fingerprint([trial.id, generalised, wanted.trajectory ?? ""]),
    computation: wanted.computation ?? null,
    curve,
    provenance: {
      deno: "2.9.6",
      engineVersions: trial.engineVersions,
      cpu,
      os: "linux x86_64",
      commit,
      dirty: wanted.dirty ?? false,
      sources: wanted.sources ?? null,
    },
    timing: {
      wallSeconds: epochs / 8,
      secondsMemorised: memorised === null ? null : memorised / 8,
      secondsGeneralised: generalised === null ? null : generalised / 8,
      finishedAt: "2026-11-23T00:00:00.000Z",
    },
  });
}

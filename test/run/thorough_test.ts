import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { startEngine } from "../../src/engine/mod.ts";
import { compact } from "../../src/run/record/compact.ts";
import { recordOf } from "../../src/run/record/finish.ts";
import { rejectionOf } from "../../src/run/record/verify.ts";
import type { RunRecord } from "../../src/run/record/record.ts";
import { TrialRun, UNWATCHED } from "../../src/run/trial_run.ts";
import { catalogue, trialOf } from "../support/runs.ts";
import { probes } from "../../bench/probes/mod.ts";

const engine = await startEngine("onnx");
const provenance = {
  deno: "2.9.6",
  engineVersions: {},
  cpu: "any",
  os: "any",
  commit: null,
  dirty: null,
  sources: null,
} as const;

async function finished(algorithm: string, overrides: object, thorough: boolean, probeIds: string[] = []) {
  const trial = trialOf("tiny-glyphs", algorithm, { ...overrides });
  const asked = { ...trial, probes: probes.filter(({ id }) => probeIds.includes(id)) };
  const problem = await trial.case.prepare(trial.config, 0);
  const run = await TrialRun.start(asked, problem, engine, { ...UNWATCHED, thorough }, null);
  await run.finish();
  const record = await recordOf(run, { computation: "none", provenance });
  await run.dispose();
  return record;
}

const rowsWith = ({ curve: { epochs } }: RunRecord, column: string): (number | null)[] =>
  epochs.epoch.filter((_, row) => epochs[column][row] !== null);

/** What a record says of its run: all but when, where and the digest, which is of what was measured. */
const told = ({ timing: _t, provenance: _p, seal: _s, digest: _d, curve, ...rest }: RunRecord) => ({
  ...rest,
  epochs: curve.epochs,
  steps: curve.steps,
});

/** Learns glyphs early, so that a run is short and loses its accuracy again now and then. */
const EASY = { memorisedAbove: 0.6, generalisedAbove: 0.4, extraEpochs: 30, maxEpochs: 150 };

for (
  const [algorithm, overrides] of [
    ["ppm", EASY],
    ["ppm", { ...EASY, crossing: "sustained" }],
    ["adamw", EASY],
    ["ppm", { ...EASY, generalisedAbove: 0.999, maxEpochs: 97 }],
  ] as const
) {
  const what = `${algorithm} ${JSON.stringify(overrides)}`;
  Deno.test(`scoring at few evaluations changes nothing that is decided or kept: ${what}`, async () => {
    const [sparse, every] = [await finished(algorithm, overrides, false), await finished(algorithm, overrides, true)];
    assertEquals(rejectionOf(sparse), null);
    // Compact records are what the repository keeps: they are the same.
    assertEquals(told(compact(sparse)), told(compact(every)));
    const { epochs } = every.curve;
    for (const name of ["epoch", "phase", "testAccuracy", "testLoss", "batchLoss", "weightNorm"]) {
      assertEquals(sparse.curve.epochs[name], epochs[name], name);
    }
    const [few, all] = [sparse, every].map((record) => rowsWith(record, "trainAccuracy"));
    assert(few.length < 0.8 * all.length, `the training set was scored at ${few.length} of ${all.length} evaluations`);
    assertEquals(
      few.slice(0, few.indexOf(every.memorised!.epoch) + 1),
      all.slice(0, all.indexOf(every.memorised!.epoch) + 1),
    );
    if (algorithm === "adamw") return;
    const chased = rowsWith(sparse, "predatorTestAccuracy");
    assert(chased.length < 0.8 * rowsWith(every, "predatorTestAccuracy").length);
    assertEquals(chased, rowsWith(sparse, "predatorTrainLoss"));
    assertEquals(chased.at(-1), sparse.epochs);
    // Norms and distances cost nothing to speak of.
    assertEquals(rowsWith(sparse, "predatorFromStart"), rowsWith(every, "predatorFromStart"));
  });
}

Deno.test("a probe scores the predator at every evaluation, and the digest does not know of it", async () => {
  const overrides = { ...EASY, maxEpochs: 60 };
  const [plain, probed] = [
    await finished("ppm", overrides, false),
    await finished("ppm", overrides, false, ["predator-score"]),
  ];
  assertEquals(probed.digest, plain.digest);
  assertEquals(rowsWith(probed, "predatorBatchAccuracy"), rowsWith(probed, "predatorWeightNorm"));
  // The first batch is a part of the training set, all of it where a batch is that large.
  const whole = await finished("ppm", { ...overrides, batchSize: 200 }, false, ["predator-score"]);
  const { epochs } = whole.curve;
  epochs.predatorTrainAccuracy.forEach((accuracy, row) => {
    // One is a float32.
    if (accuracy !== null) assertAlmostEquals(epochs.predatorBatchAccuracy[row]!, accuracy, 1e-7);
  });
  assert(catalogue.probes.some(({ id }) => id === "predator-score"));
});

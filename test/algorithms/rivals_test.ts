import { assert, assertEquals } from "@std/assert";
import { train } from "../../src/run/train.ts";
import type { Values } from "../../src/declare/field.ts";
import type { RunRecord } from "../../src/run/record/record.ts";
import { catalogue, trialOf } from "../support/runs.ts";

/** Methods of other papers, and the value of their fields with which their trick does nothing. */
const WITHOUT: readonly (readonly [algorithm: string, Values])[] = [
  ["grokfast", { amplify: 0 }],
  ["grokfast-ma", { amplify: 0, window: 2 }],
  ["grokadamw", { amplify: 0 }],
  ["muon", { iterations: 0 }],
  ["muon-cap", { cap: 1e6 }],
  ["sam", { rho: 0 }],
  ["ravine", { ahead: 0 }],
  ["ravine-sgd", { ahead: 0 }],
  ["ema-nesterov", { ahead: 0 }],
  ["sgld", { temperature: 0 }],
];

/** Those of which no number takes the trick out: test/algorithms/tricks_test.ts says that the control is the same but for it. */
const STRUCTURAL = ["orthograd", "norm-projection", "stablemax", "egd", "lion"];

const SHORT = { maxEpochs: 6, extraEpochs: 0, memorisedAbove: 0.01 };

const trained = (caseId: string, algorithm: string, overrides: Values = {}): Promise<RunRecord> =>
  train(catalogue, { case: caseId, algorithm, engine: "onnx", overrides: { ...SHORT, ...overrides } });

/** Everything that is measured of a trajectory, but for what two gradient calls a step count. */
function seen({ curve: { epochs, steps } }: RunRecord) {
  const { gradientCalls: _, ...others } = epochs;
  return { epochs: others, steps };
}

Deno.test("every method of another paper is one whose trick a number takes out, or one with a test of its own", () => {
  const known = [...WITHOUT.map(([id]) => id), ...STRUCTURAL];
  const paper = /^(ppm|pp-conn)/;
  const rivals = catalogue.algorithms.filter(({ id, control }) => control !== null && !paper.test(id));
  assertEquals(rivals.map(({ id }) => id).sort(), known.sort());
});

for (const [id, without] of WITHOUT) {
  const control = catalogue.algorithms.find((algorithm) => algorithm.id === id)!.control!;
  for (const caseId of ["tiny-add", "tiny-glyphs"]) {
    Deno.test(`${id} on ${caseId}: with its trick set to nothing it is ${control}, bit for bit, and else it is not`, async () => {
      const [off, on, own] = [
        await trained(caseId, id, without),
        await trained(caseId, id, id === "grokfast-ma" ? { window: 2 } : id === "muon-cap" ? { cap: 0.9 } : {}),
        await trained(caseId, control),
      ];
      assertEquals(seen(off), seen(own));
      assert(JSON.stringify(seen(on)) !== JSON.stringify(seen(own)));
    });
  }
}

for (const id of [...WITHOUT.map(([id]) => id), ...STRUCTURAL]) {
  for (const caseId of ["div97", "mnist1k"]) {
    Deno.test(`${id} on ${caseId}: it has the constants of its control, and its own beside them`, () => {
      const { algorithm, hyper } = trialOf(caseId, id);
      const control = trialOf(caseId, algorithm.control!).hyper;
      for (const [name, value] of Object.entries(control)) assertEquals([name, hyper[name]], [name, value]);
    });
  }
}

import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { Ajv } from "ajv";
import schema from "../../src/report/gate.schema.json" with { type: "json" };
import { expectationOf } from "../../src/gate/bless.ts";
import { judge, type Judgement } from "../../src/gate/judge.ts";
import { numbersOf, seedCorrelation } from "../../src/gate/numbers.ts";
import { gateJsonExporter } from "../../src/report/gate_json.ts";
import type { RunRecord } from "../../src/run/record/record.ts";
import { confirmationSeeds, rotatingSeeds } from "../../src/fleet/seeds.ts";
import * as text from "../../src/text.ts";
import { madeUp } from "../support/records.ts";
import { catalogue, cli, resolved, specOf } from "../support/runs.ts";

const DAY = "2026-11-23";
const SEEDS = [...Array(10).keys()];
const EPOCHS = [51, 54, 57, 60, 63, 66, 69, 72, 75, 78];

const validate = new Ajv({ strict: false, allowUnionTypes: true }).compile(schema);
const asJson = (judgement: Judgement) => JSON.parse(gateJsonExporter.render(judgement));
const errorsOf = (document: unknown) => validate(document) ? [] : validate.errors!.slice(0, 3);

const runs = (seeds: readonly number[], epochs: (i: number) => number, more = {}): RunRecord[] =>
  seeds.map((seed, i) => madeUp({ algorithm: "ppm", seed, generalised: Math.round(epochs(i)), ...more }));

const reference = runs(SEEDS, (i) => EPOCHS[i]);
const expectations = [expectationOf(catalogue, { profile: "smoke", case: "tiny-div" }, reference, [])];
const plan = SEEDS.slice(0, 5).map((seed) => resolved({ ...specOf("tiny-div", "ppm"), seed }));
const judged = (records: RunRecord[]) =>
  judge({ catalogue, profile: "smoke", engine: "onnx", plan, expectations }, {
    records,
    rejected: ["record x: edited"],
  });
const timeOf = ({ findings }: Judgement) => findings.find(({ tier }) => tier === "time")!;

Deno.test("what a finding says in words it says in numbers, and the schema takes it", () => {
  const slow = (i: number) => 1.6 * EPOCHS[i % 10];
  const seeds = [...rotatingSeeds(DAY, 5), ...confirmationSeeds(DAY, 8)];
  const judgement = judged(runs(seeds, slow));
  const { verdict, certainty, numbers } = timeOf(judgement);
  assertEquals([verdict, numbers.n], ["drift", { expected: 10, found: 13 }]);
  for (const told of [text.ratio(numbers.ratio), text.interval(numbers.interval!)]) {
    assertStringIncludes(certainty, told);
  }
  assertStringIncludes(certainty, `p = ${numbers.p!.toPrecision(2)} (Holm)`);
  assertStringIncludes(certainty, `on fresh seeds p = ${numbers.confirmation!.toPrecision(2)}`);
  assertEquals(errorsOf(asJson(judgement)), []);
});

Deno.test("runs of the same seeds by other arithmetic tell how much of its time a seed brings along", () => {
  const again = runs(SEEDS, (i) => EPOCHS[i] + (i % 3), { trajectory: "another order of summation" });
  const r = timeOf(judged(again)).numbers.r!;
  assert(r > 0.98 && r <= 1, `${r}`);
  assertEquals(timeOf(judged(runs(rotatingSeeds(DAY, 5), (i) => EPOCHS[i]))).numbers.r, null);
  assertAlmostEquals(seedCorrelation(reference, runs(SEEDS, (i) => 5000 / EPOCHS[i]))!, -1, 0.01);
  assertEquals(seedCorrelation(reference, runs([0, 1], (i) => EPOCHS[i])), null);
  assertEquals(seedCorrelation(reference, runs(SEEDS, () => 60)), null);
});

Deno.test("a run that repeats what is expected has a ratio of 1, and a bound that is not there is null", () => {
  assertEquals(timeOf(judged(reference)).numbers.ratio, { low: 1, high: 1 });
  const never = { ...timeOf(judged(reference)), numbers: numbersOf({ ratio: { low: 2, high: Infinity } }) };
  const document = asJson({ ...judged(reference), findings: [never] });
  assertEquals(document.findings[0].numbers.ratio, { low: 2, high: null });
  assertEquals(errorsOf(document), []);
});

Deno.test("the judgement of the kept records is as the schema says, and the schema refuses another", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    await cli(["gate", "-p", "paper", "--results", "expected/paper/records", "--gate-json", `${folder}/g.json`]);
    const document = JSON.parse(Deno.readTextFileSync(`${folder}/g.json`));
    assertEquals(errorsOf(document), []);
    document.findings[0].numbers.p = "small";
    assertEquals(validate(document), false);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

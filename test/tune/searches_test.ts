import { assertEquals } from "@std/assert";
import type { Algorithm } from "../../src/algorithms/algorithm.ts";
import type { Values } from "../../src/declare/field.ts";
import { find } from "../../src/errors.ts";
import { measurementOf } from "../../src/tune/searches.ts";
import { withoutTrick } from "../../src/tune/settings.ts";
import { catalogue } from "../support/runs.ts";

Deno.test("a control has what it knows of what was found, and not what makes it the control", () => {
  const found = { learningRate: 1e-3, weightDecay: 0.1, A: 10, sigma: 3, alphaP: 30 };
  const of = (id: string) => withoutTrick(find("algorithm", catalogue.algorithms, id), found);
  assertEquals(of("adam-l2"), { learningRate: 1e-3, weightDecay: 0.1 });
  assertEquals(of("adamw-tuned"), {});
  assertEquals(of("pp-conn-alone"), { learningRate: 1e-3, weightDecay: 0.1 });
});

Deno.test("found constants are measured on other seeds, and beside them the control with all that both have", () => {
  const ppm = find("algorithm", catalogue.algorithms, "ppm");
  const mine: Algorithm = { ...ppm, id: "mine", presets: () => ({ weightDecay: 0.5, sigma: 2 }) };
  const own = { ...catalogue, algorithms: [...catalogue.algorithms, mine] };
  const measuredAt = (constants: Values | null) => {
    const search = { settings: [], best: constants && { constants, records: [] } };
    const problem = { case: "div113", overrides: { maxEpochs: 200 }, measured: { maxEpochs: 700 } };
    return measurementOf(own, { problem, algorithm: mine, search }, { seeds: [0, 1], engine: "onnx" });
  };
  const { own: [first, ...more], control } = measuredAt({ learningRate: 0.01 });
  const { learningRate, weightDecay, sigma } = first.hyper;
  assertEquals([learningRate, weightDecay, sigma, more.length], [0.01, 0.5, 2, 1]);
  assertEquals([first.config.maxEpochs, control![0].config.maxEpochs], [700, 700]);
  assertEquals(control!.map(({ algorithm, spec, hyper }) => [algorithm.id, spec.seed, hyper.learningRate]), [
    ["adam-l2", 0, 0.01],
    ["adam-l2", 1, 0.01],
  ]);
  assertEquals(control![0].hyper.weightDecay, 0.5);
  assertEquals(measuredAt(null).own[0].hyper.learningRate, ppm.fields.learningRate.value);
});

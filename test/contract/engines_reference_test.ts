import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Row } from "../../tools/engine/duel.ts";
import { ENGINES, keptSurveys, surveyMarkdown, withSurveys } from "../../tools/docs/engines.ts";
import { emptySurvey } from "../../tools/survey/survey.ts";

/** Lines are broken where they fit. */
const words = (text: string) => text.replace(/\s+/g, " ");

Deno.test("docs/engines.md has what 'deno task docs:engines' makes of the surveys", () => {
  const text = Deno.readTextFileSync(ENGINES);
  assert(keptSurveys().length > 0);
  assertEquals(words(text), words(withSurveys(text, keptSurveys())));
});

Deno.test("a survey says of whom a time is, beside whom, and what was not measured", () => {
  const machine = { cpu: "Made Up", cores: 4, memoryGiB: 8, os: "linux x86_64", deno: "2.9.6", gpu: "H900, 1.0" };
  const row: Row = {
    case: "add139",
    what: "step",
    engine: "onnx:webgpu",
    lanes: 32,
    medianMs: 0.5,
    quartilesMs: [0.4, 0.6],
    gflops: 100,
    limitMs: 0.1,
    ofLimit: 0.2,
    peer: "jax 0.1 on gpu, 32 at once",
    peerMedianMs: 0.25,
    peerQuartilesMs: [0.2, 0.3],
    ratio: 2,
  };
  const steps = [{
    name: "a night on onnx",
    command: "deno task bench",
    seconds: 1,
    failure: "no run came to its end",
  }];
  const text = surveyMarkdown({ ...emptySurvey("2026-01-02T03:04:05Z", "abc"), machine, timings: [row], steps });
  assertStringIncludes(text, "### H900, 1.0, Made Up, 4 cores (2026-01-02)");
  assert(/`add139` \| step \| `onnx:webgpu`, 32 at once +\| +0\.50 \| +0\.40–0\.60 \| +20 %/.test(text), text);
  assert(/jax 0\.1 on gpu, 32 at once +\| +0\.25 \| +0\.20–0\.30 \| +– \| +2\.00/.test(text), text);
  assertStringIncludes(text, "Not measured: a night on onnx (no run came to its end).");
});

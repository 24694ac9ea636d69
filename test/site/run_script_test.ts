import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { RunRecord } from "../../src/run/record/record.ts";
import { outcomeText } from "../../src/site/outcome.ts";
import { runIndexOf } from "../../src/site/run_index.ts";
import { refusalScript, runScript, shownRun } from "../../src/site/run_script.ts";
import type { BoardProblem } from "../../src/site/site_data.ts";
import { madeUp } from "../support/records.ts";
import { catalogue } from "../support/runs.ts";

/** What a script hands to the page, as a page would take it. */
function handed(script: string, name: string) {
  let found: unknown;
  new Function(name, script)((value: unknown) => found = value);
  // deno-lint-ignore no-explicit-any -- whatever the script says
  return found as any;
}

Deno.test("a run that generalised is told of by that epoch, not by the one that it was trained on to", () => {
  const run = madeUp({ seed: 0, generalised: 1059, memorised: 12 });
  const lasting = (more: Partial<RunRecord>) => outcomeText({ ...run, ...more }).split(". ")[1];
  const end = (1059 + run.config.extraEpochs).toLocaleString("en-US");
  assertStringIncludes(
    outcomeText(run),
    `Generalised at epoch 1,059 (4,236 gradient calls), memorised at epoch 12 (48 gradient calls); ` +
      `trained on until epoch ${end}. `,
  );
  const steadiness = { epochs: 100, shareAbove: 0.978, lowestAccuracy: 0.98996 };
  const above = { epoch: 1061, steps: 4244, gradientCalls: 4244 };
  const far = { epochs: 1059 + 2 * run.config.extraEpochs + 2, steadiness };
  const share = "Of the 100 epochs evaluated after that 97 % are above the threshold, the lowest at 0.989: ";
  assertEquals(lasting({ ...far, above }), `${share}sustained from epoch 1,061 (4,244 gradient calls) on.`);
  assertEquals(lasting({ steadiness, above: null }), `${share}not sustained for ${run.config.extraEpochs} epochs.`);
  assertEquals(lasting({ steadiness }), `${share}from where on it stays above was not kept.`);
  const few = "Of the 4 epochs evaluated after that all are above the threshold: followed for fewer than ";
  assertEquals(
    lasting({ steadiness: { ...steadiness, epochs: 4, shareAbove: 1 }, epochs: 1063 }),
    `${few}${run.config.extraEpochs}.`,
  );
  const whole = { ...steadiness, shareAbove: 1 };
  assertEquals(
    lasting({ steadiness: whole }),
    "Of the 100 epochs evaluated after that all are above the threshold: sustained.",
  );
});

Deno.test("a run that did not generalise is told of by its end and the highest accuracy seen", () => {
  const given = madeUp({ seed: 0, generalised: null, memorised: null });
  const end = `epoch ${given.epochs.toLocaleString("en-US")}`;
  assertStringIncludes(outcomeText(given), `Not generalised up to its budget, ${end} (`);
  assertStringIncludes(outcomeText(given), "never memorised. The highest test accuracy seen is 0.1, the threshold 0.");
  assertStringIncludes(outcomeText({ ...given, status: "diverged" }), `Diverged at ${end} (`);
});

Deno.test("what a record says stays within the script, whatever it is", () => {
  const hostile = "</script><script>alert(1)</script>\u2028\"'`${1}";
  const { provenance, ...record } = madeUp({ seed: 3, generalised: 81 });
  const run = { ...record, provenance: { ...provenance, cpu: hostile } };
  const script = runScript(catalogue, run);
  assert(!script.includes("</script"));
  const shown = handed(script, "showRun");
  assertEquals(shown.record, run);
  assertEquals(shown.facts.find(([name]: string[]) => name === "machine")[1], `${hostile}, linux x86_64`);
  assertEquals(handed(refusalScript("0".repeat(16), hostile), "showRun").refused, hostile);
});

Deno.test("a run of a case that is not known here is shown, without a command that would make it", () => {
  const record = { ...madeUp({ seed: 0, generalised: 81 }), case: "theirs" };
  const { command, problem, calls } = shownRun(catalogue, record);
  assertEquals([command, problem.split(" ")[0], calls[1]], [null, "theirs", { "=": 324 }]);
  assertStringIncludes(shownRun(catalogue, madeUp({ seed: 0, generalised: 81 })).command!, "-c tiny-div -a adamw -s 0");
});

Deno.test("the index has every run by its seed, and of a cell the medians over all of its seeds", () => {
  const runs = [40, 60, null].map((generalised, seed) => madeUp({ seed, generalised }));
  const row = { method: "ppm sigma=3", runs, shareAbove: 0.12345 };
  const [{ slug, methods: [method] }] = runIndexOf(
    { problems: [{ title: "tiny-div beta=0.8", rows: [row] } as unknown as BoardProblem] },
  );
  assertEquals([slug, method.slug], ["tiny-div-beta-0.8", "ppm-sigma-3"]);
  assertEquals(method.runs, { 0: runs[0].id, 1: runs[1].id, 2: runs[2].id });
  assertEquals([method.calls[1], method.steady], [{ "=": 240 }, 0.123]);
});

import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { catalogue, specOf } from "../support/runs.ts";
import { madeUp } from "../support/records.ts";
import { text } from "../../src/watch/text.ts";
import { runFinished, type RunUnderWay, runUnderWay, type Snapshot, thinned } from "../../src/watch/view.ts";
import { madeUpCheckpoint } from "./support.ts";

const NOW = 1_000_000;
const ROOM = { columns: 80, rows: null };
const EMPTY: Snapshot = { results: "results", underWay: [], still: [], finished: [], passedOver: [] };
const run: RunUnderWay = runUnderWay(madeUpCheckpoint(20), NOW - 12_000, catalogue);

Deno.test("nothing under way is one line that says what to do", () => {
  const line = text(EMPTY, NOW, ROOM);
  assertMatch(line, /^Nothing is under way in results: start 'deno task bench'/);
  assertEquals(line.split("\n").length, 1);
});

Deno.test("a run under way shows what it is, where it is, and its accuracies, norm and distance with their histories", () => {
  const [title, name, place, accuracies, norms] = text({ ...EMPTY, underWay: [run] }, NOW, ROOM).split("\n");
  assertEquals(title, "1 run under way in results");
  assertEquals(name, "tiny-div ppm seed 0");
  assertEquals(place, "  epoch 20/250  hunt  memorised 1, generalised –  saved 12 s ago");
  assertMatch(accuracies, /^ {2}train {2}0\.952 ▁[▁-█]+█ * {2}test {3}0\.500 [▄▅]+ *$/);
  assertMatch(norms, /^ {2}‖x‖ {5}30\.0 ▁[▁-█]+█ * {2}d {7}10\.0 ▁[▁-█]+█ *$/);
});

Deno.test("a run without a predator has no distance, one of an unknown case no phase", () => {
  const alone = madeUpCheckpoint(3, specOf("tiny-div", "adamw"));
  const steps = { ...alone.curve.steps, distance: alone.curve.steps.step.map(() => null) };
  const prey = runUnderWay({ ...alone, curve: { ...alone.curve, steps } }, NOW, catalogue);
  assertEquals(prey.distances, null);
  assert(!text({ ...EMPTY, underWay: [prey] }, NOW, ROOM).includes("  d  "));
  const { spec, ...old } = madeUpCheckpoint(3);
  const foreign = runUnderWay({ ...old, spec: { ...spec, case: "div1009", overrides: { beta: 0.5 } } }, NOW, catalogue);
  assertEquals([foreign.phase, foreign.maxEpochs, foreign.name.variant], [null, null, "beta=0.5"]);
  assertStringIncludes(
    text({ ...EMPTY, underWay: [foreign] }, NOW, ROOM),
    "div1009 beta=0.5 ppm seed 0\n  epoch 3  mem",
  );
});

Deno.test("what is unfinished, unreadable and finished is said below", () => {
  const record = madeUp({ seed: 3, generalised: 81 });
  const shown = text(
    { ...EMPTY, still: [run], finished: [runFinished(record, catalogue)], passedOver: ["results/.checkpoints/x"] },
    Date.parse(record.timing.finishedAt) + 90_000,
    { columns: 200, rows: null },
  );
  assertMatch(shown, /1 unfinished run not under way, last saved \S+ ago: give the same bench command again/);
  assertStringIncludes(shown, "1 file passed over, unreadable: results/.checkpoints/x");
  assertStringIncludes(shown, "  1:30 ago  grokked: memorised 5, generalised 81  tiny-div adamw seed 3");
});

Deno.test("a small terminal is never overfilled, and says what it leaves out", () => {
  const underWay = Array.from({ length: 9 }, () => run);
  const finished = [0, 1, 2, 3, 4].map((seed) => runFinished(madeUp({ seed, generalised: 81 }), catalogue));
  for (const rows of [14, 24, 50]) {
    const lines = text({ ...EMPTY, underWay, still: [run], finished, passedOver: ["x"] }, NOW, { columns: 60, rows })
      .split("\n");
    assert(lines.length <= rows, `${lines.length} lines in ${rows} rows`);
    assert(lines.every((line) => line.length <= 60));
    assert(rows === 50 || lines.some((line) => /^… and \d more/.test(line)));
  }
});

Deno.test("a table is thinned to rows that are evenly spread, both ends among them", () => {
  const rows = Array.from({ length: 100 }, (_, i) => i);
  const { a, b } = thinned({ a: rows, b: rows.map((i) => i === 99 ? null : -i) }, 4);
  assertEquals([a, b], [[0, 33, 66, 99], [-0, -33, -66, -98]]);
  assertEquals(thinned({}, 4), {});
});

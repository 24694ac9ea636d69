import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { json, measure } from "../../tools/engine/bench_engine.ts";
import { type Options, parseOptions } from "../../tools/engine/options.ts";
import { checkParity, ParityError } from "../../tools/engine/parity.ts";
import type { Contender } from "../../tools/engine/subject.ts";
import { costLine, loadLine, table } from "../../tools/engine/table.ts";
import { ourselves } from "../../src/child.ts";
import { UsageError } from "../../src/errors.ts";

const once = (...cases: string[]): Options => ({ ...parseOptions(["--rounds", "1"]), cases });

Deno.test("bench:engine without a peer gives one row a case and call, with empty ratios", async () => {
  const options = once("tiny-add", "tiny-glyphs");
  const rows = (await measure(options.cases, options, undefined)).map(({ row }) => row);
  const parsed = JSON.parse(json(rows)) as Record<string, unknown>[];
  assertEquals(parsed.map((row) => `${row.case} ${row.what}`), [
    "tiny-add step",
    "tiny-add evaluate",
    "tiny-add epoch",
    "tiny-glyphs step",
    "tiny-glyphs evaluate",
    "tiny-glyphs epoch",
  ]);
  for (const row of parsed) {
    const { medianMs, quartilesMs, gflops, limitMs, ofLimit, ...rest } = row;
    assert(Number(medianMs) > 0 && Number(gflops) > 0 && Number(limitMs) > 0 && Number(ofLimit) > 0);
    const [low, high] = quartilesMs as number[];
    assert(low <= Number(medianMs) && Number(medianMs) <= high);
    const { case: id, what } = row;
    const none = { peer: null, peerMedianMs: null, peerQuartilesMs: null, ratio: null };
    assertEquals(rest, { case: id, what, engine: "onnx", lanes: 1, ...none });
  }
  assertEquals(table(rows).split("\n").length, 2 + rows.length);
});

const losing = (...losses: number[]): Contender => ({
  isOnProcessor: true,
  call: () => Promise.resolve({ ms: 1, cpuMs: 1, loss: losses.shift()! }),
  stop: () => Promise.resolve(),
});

Deno.test("checkParity() accepts rounding and refuses another loss at the second step", async () => {
  await checkParity("case", losing(5, 5, 4, 3), losing(5.0001, 4.9999, 4, 3));
  const different = checkParity("case", losing(5, 5, 4.1, 3), losing(5, 5, 4, 3));
  await assertRejects(() => different, ParityError, "case: step gives loss 4.1, the peer gives 4; nothing was timed");
});

Deno.test("checkParity() refuses a loss that is no number", async () => {
  await assertRejects(() => checkParity("case", losing(NaN), losing(5)), ParityError);
});

Deno.test("the command line of bench:engine refuses what it does not know in one line", () => {
  const refusals: [string[], string][] = [
    [["--round", "3"], "unknown flag '--round'; did you mean '--rounds'?"],
    [["div97"], "bench:engine takes no argument 'div97'"],
    [["--rounds", "0"], "--rounds '0': expected a whole number ≥ 1"],
    [["--case", "div96"], "did you mean 'div97'?"],
    [["--engine", "onyx"], "did you mean 'onnx'?"],
    [["--peer", "eage"], "did you mean 'eager'?"],
    [["--json"], "--json needs a value"],
    [["--case"], "--case needs a value"],
  ];
  for (const [args, message] of refusals) assertThrows(() => parseOptions(args), UsageError, message);
});

Deno.test("an unknown flag ends bench:engine with exit code 2 and one line", async () => {
  const { code, stderr } = await ourselves({
    module: "tools/engine/bench_engine.ts",
    permissions: "bench-engine",
    args: ["--fast"],
    stderr: "piped",
  }).output();
  const lines = new TextDecoder().decode(stderr).trim().split("\n").filter((line) => !line.startsWith("Warning"));
  assertEquals(code, 2);
  assertEquals(lines.length, 1);
  assert(lines[0].includes("unknown flag '--fast'"));
});

Deno.test("costLine() and loadLine() say what is worth knowing beside the table", () => {
  assertEquals(
    costLine("div97", { compileMs: [110, 210], firstStepMs: 900, peakMegabytes: 316.6 }),
    "div97 worker: compiles the step in 0.21 s, the evaluation in 0.11 s; first step done 0.90 s after its start; " +
      "peak memory 317 MB",
  );
  const row = {
    case: "div97",
    what: "step",
    engine: "onnx",
    lanes: 1,
    medianMs: 100,
    quartilesMs: [90, 110],
    gflops: 20,
    limitMs: 50,
    ofLimit: 0.5,
    peer: "pytorch 2.13.0 eager",
    peerMedianMs: 200,
    peerQuartilesMs: [180, 220],
    ratio: 0.5,
  } as const;
  assertEquals(loadLine({ row, load: { engine: null, peer: 0.2, cpuRatio: 0.5 } }), null);
  assertEquals(loadLine({ row, load: { engine: 0.99, peer: 0.98, cpuRatio: 0.5 } }), null);
  assertEquals(
    loadLine({ row, load: { engine: 0.6, peer: 0.5, cpuRatio: 0.6 } }),
    "div97 step: other processes took turns: onnx had 60 % of a core, its peer 50 %; in processor time the ratio is 0.60",
  );
});

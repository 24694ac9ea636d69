import { assertEquals, assertStringIncludes } from "@std/assert";
import { agentsMarkdown } from "../../src/report/agents_markdown.ts";
import type { RunRecord } from "../../src/run/record/record.ts";
import { tableOf } from "../../src/table/table.ts";
import { madeUp } from "../support/records.ts";
import { catalogue } from "../support/runs.ts";

const ROWS = 30;

/** Twenty-five rows of a hunt after five of memorising; the prey is poor in the first nine and once after generalising. */
function hunted(seed: number): RunRecord {
  const record = madeUp({ algorithm: "ppm", seed, generalised: 20 });
  const epoch = Array.from({ length: ROWS }, (_, row) => row);
  const column = (valueOf: (row: number) => number | null) => epoch.map(valueOf);
  return {
    ...record,
    curve: {
      epochs: {
        epoch,
        phase: column((row) => row < 5 ? 0 : 2),
        trainAccuracy: column((row) => row < 14 ? 0.1 : row === 25 ? 0.9 - seed / 100 : 1),
        predatorTrainAccuracy: column((row) => row < 5 ? null : ({ 12: 0.4, 20: 0.7, 27: 0.6 } as const)[row] ?? 0.8),
        weightNorm: column(() => 1),
      },
      steps: {
        phase: [0, 2, 2, 2],
        step: [1, 2, 3, 4],
        stepNorm: [7, 10, 20, 40],
        potential: [null, 50, 40, 20],
        distance: [null, 1, 1, 1],
      },
    },
  };
}

Deno.test("agents: the prey once the first evaluations are over, the predator when it counts, the push beside the step", () => {
  const text = agentsMarkdown(tableOf(catalogue, [hunted(0), hunted(2)]).rows);
  const [row] = text.split("\n").filter((line) => line.startsWith("| tiny-div"));
  // P(d) is 20 at the end, α_p is 100; P(d) over the step's norm is 5, 2 and 0.5.
  assertEquals(row.split("|").map((cell) => cell.trim()).slice(3, -1), [
    "2",
    "1.000",
    "0.890 (0.880 to 0.900)",
    "0.700",
    "0.700",
    "0.600",
    "0.200",
    "2.00",
    "5.00",
  ]);
});

Deno.test("agents: methods of one phase have no rows after another", () => {
  const text = agentsMarkdown(tableOf(catalogue, [hunted(0), madeUp({ seed: 0, generalised: 9 })]).rows);
  assertEquals(text.includes("adamw"), false);
  assertStringIncludes(text, "ppm");
});

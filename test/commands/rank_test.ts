import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { cli } from "../support/runs.ts";

const KEPT = ["-p", "tuned", "--results", "expected/tuned/records"];

/** Cells of the first table whose second column is this. */
const rowOf = (text: string, method: string): string[] =>
  text.split("\n").find((line) => line.split("|")[2]?.trim() === method)!.split("|").map((cell) => cell.trim());

Deno.test("rank puts the methods of kept records in an order, each at what its search found, and says what each took", async () => {
  const { code, stdout } = await cli(["rank", ...KEPT], {}, "gate");
  assertEquals(code, 0);
  const [ranks, costs] = stdout.split("## What it took");
  // By hand from the records: the medians of the three problems, and the constants of the search.
  assertEquals(rowOf(ranks, "adamw-tuned").slice(6, 9), ["552", "252", "1,050"]);
  assertStringIncludes(costs, "A=95.4 alphaP=7.11 learningRate=0.00219 sigma=61 weightDecay=0.0091");
  assertMatch(ranks, /By wins the order is/);
  // 552 steps of 3.5·10⁸ operations.
  assertEquals(rowOf(costs, "adamw-tuned").slice(3, 6), ["5/5", "552", "552"]);
  assertEquals(rowOf(costs, "adamw-tuned")[7], "1.9e11");
  // Controls of methods at constants that no search found for them are in the records, and not ranked.
  assertEquals(stdout.includes("adamw-restart"), false);
});

Deno.test("by the sustained crossing the ranks are others, and records without a search are refused in one line", async () => {
  const sustained = await cli(["rank", ...KEPT, "--sustained"], {}, "gate");
  assertEquals(sustained.code, 0);
  assertMatch(sustained.stdout, /\| ≥ [\d,]+ \|/);
  const { code, stderr } = await cli(["rank", "-p", "smoke", "--results", "expected/smoke/records"], {}, "gate");
  assertEquals(code, 2);
  assertStringIncludes(stderr, "rank: no two methods of these records are at the constants of their searches");
});

import { assertEquals } from "@std/assert";
import type { Claim } from "../../src/declare/claim.ts";
import { answersOf, answerText, type RoledRow } from "../../src/report/answer.ts";
import type { Comparison } from "../../src/stats/comparison.ts";

const ratio = (low: number, high = low, more: Partial<Comparison> = {}): Comparison => ({
  low,
  high,
  pairs: 5,
  interval: null,
  p: null,
  signs: { wins: 0, losses: 0, undecided: 5, p: null },
  withinOneEvaluation: false,
  ...more,
});

/** A row of a board, as far as an answer reads it. */
function row(algorithm: string, speedup: Comparison | null, more: Partial<RoledRow> = {}): RoledRow {
  const made = {
    case: "mnist1k",
    algorithm,
    method: algorithm,
    settings: "",
    role: "method",
    control: null,
    seeds: [0, 1, 2, 3, 4],
    speedup,
    attribution: null,
    ...more,
  };
  return made as unknown as RoledRow;
}

const claim = (algorithm: string, value: number, id = "mnist1k"): Claim => ({
  case: id,
  algorithm,
  quantity: "speedup in gradient calls",
  value,
  source: "arXiv:2509.10562",
});

const namesOf = (rows: readonly RoledRow[], claims: readonly Claim[]) =>
  answersOf(rows, claims).map(({ row: { method } }) => method);

Deno.test("an answer says the tuned baseline, each claimed method, its claim, and what of it its control has", () => {
  const rows = [
    row("pp-conn", ratio(1, 12), { control: "alone", attribution: ratio(0, 0.25) }),
    row("ppm", ratio(20), { control: "adam-l2", attribution: ratio(1, 1, { withinOneEvaluation: true }) }),
    row("adam-l2", ratio(20), { role: "control" }),
    row("alone", ratio(4, Infinity), { role: "control" }),
    row("adamw-tuned", ratio(50, 50, { interval: { low: 40, high: 60 }, pairs: 4 }), { role: "baseline" }),
  ];
  const claims = [claim("ppm", 80), claim("pp-conn", 100)];
  assertEquals(
    answerText(answersOf(rows, claims)),
    "adamw-tuned is 50.0× [40.0, 60.0] as fast as adamw in gradient calls; " +
      "ppm 20.0× (claimed: 80×), within one evaluation of its control adam-l2 (20.0×); " +
      "pp-conn 1.00× – 12.0× (claimed: 100×), ≤ 0.250× as fast as its control alone (≥ 4.00×); n = 4 to 5.",
  );
});

Deno.test("what no evaluation tells apart is given no ratio", () => {
  const near = { withinOneEvaluation: true };
  const rows = [row("adamw-tuned", ratio(1.02, 1.02, near), { role: "baseline" }), row("ppm", ratio(0.99, 0.99, near))];
  assertEquals(
    answerText(answersOf(rows, [])),
    "adamw-tuned is within one evaluation of adamw in gradient calls; ppm within one evaluation of adamw; n = 5.",
  );
});

Deno.test("who is spoken of depends on claims and seeds, not on who is fastest", () => {
  const rows = [
    row("fastest", ratio(90)),
    row("ppm", ratio(2)),
    row("pp-conn", ratio(3), { seeds: [0, 1] }),
    row("ppm", ratio(70), { settings: "sigma=3", method: "ppm sigma=3" }),
    row("adam-l2", ratio(80), { role: "control" }),
    row("lost", ratio(0, Infinity)),
  ];
  assertEquals(namesOf(rows, [claim("ppm", 80), claim("pp-conn", 100)]), ["ppm"]);
  assertEquals(namesOf(rows, [claim("ppm", 20, "div97")]), ["ppm"]);
  assertEquals(namesOf(rows, []), ["fastest", "ppm"]);
  assertEquals(answerText(answersOf(rows.slice(-1), [])), null);
});

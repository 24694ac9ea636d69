import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import * as fc from "fast-check";
import { expectationOf } from "../../src/gate/bless.ts";
import { confirmationSeeds } from "../../src/fleet/seeds.ts";
import { judge, type Judgement } from "../../src/gate/judge.ts";
import type { RunRecord } from "../../src/run/record/record.ts";
import { madeUp } from "../support/records.ts";
import { catalogue, resolved, specOf } from "../support/runs.ts";

/** One run: when it would generalise, and how many epochs it is given. */
interface Asked {
  readonly at: number;
  readonly budget: number;
}

const recordOf = ({ at, budget }: Asked, seed: number): RunRecord =>
  madeUp({ seed, memorised: 1, generalised: at <= budget ? at : null, overrides: { maxEpochs: budget } });

/** New runs, seeds from 100 on, against expected ones, seeds from 0 on; as many are planned as `planned`. */
function judged(expected: readonly Asked[], fresh: readonly RunRecord[], planned = fresh.length): Judgement {
  const reference = expected.map(recordOf);
  const expectation = expectationOf(catalogue, { profile: "smoke", case: "tiny-div" }, reference, []);
  const plan = Array.from({ length: planned }, (_, i) => resolved({ ...specOf("tiny-div", "adamw"), seed: 100 + i }));
  const input = { catalogue, profile: "smoke", engine: "onnx", plan, expectations: [expectation] };
  return judge(input, { records: fresh, rejected: [] });
}

const freshOf = (runs: readonly Asked[]) => runs.map((run, i) => recordOf(run, 100 + i));

/** Times about a middle, of which some may lie beyond the budget. */
const runs = (least: number, budget: number) =>
  fc.array(fc.integer({ min: 20, max: 140 }).map((at): Asked => ({ at, budget })), { minLength: least, maxLength: 8 });
const night = fc.record({ expected: runs(5, 120), fresh: runs(3, 120) });
const PARAMETERS = { numRuns: 60, seed: 20261127 } as const;

Deno.test("giving up earlier never makes a verdict greener", () => {
  fc.assert(
    fc.property(night, fc.integer({ min: 1, max: 119 }), ({ expected, fresh }, budget) => {
      const whole = judged(expected, freshOf(fresh)).verdict;
      const cut = judged(expected, freshOf(fresh.map((run) => ({ ...run, budget })))).verdict;
      return whole === "reproduced" || cut !== "reproduced";
    }),
    PARAMETERS,
  );
});

Deno.test("runs that are all given up before the expected ones got there reproduce nothing", () => {
  fc.assert(
    fc.property(night, fc.integer({ min: 1, max: 19 }), ({ expected, fresh }, budget) => {
      const { verdict } = judged(expected, freshOf(fresh.map((run) => ({ ...run, budget }))));
      return verdict === "inconclusive";
    }),
    PARAMETERS,
  );
});

Deno.test("a run that is missing makes a judgement incomplete, whatever the others say", () => {
  fc.assert(
    fc.property(night, fc.nat(), ({ expected, fresh }, which) => {
      const there = freshOf(fresh).filter((_, i) => i !== which % fresh.length);
      return judged(expected, there, fresh.length).verdict === "incomplete";
    }),
    PARAMETERS,
  );
});

Deno.test("cells that mostly do not generalise are reproduced by runs that were given as long, and by no others", () => {
  const never = Array.from({ length: 8 }, (): Asked => ({ at: 1000, budget: 120 }));
  assertEquals(judged(never, freshOf(never)).verdict, "reproduced");
  const { verdict, findings } = judged(never, freshOf(never.map((run) => ({ ...run, budget: 119 }))));
  assertEquals(verdict, "inconclusive");
  assertStringIncludes(findings[0].certainty + findings.at(-1)!.certainty, "given up after 119 epochs");
});

Deno.test("whatever seeds are given, they are evidence: digits of a seed do not keep it from the screen", () => {
  const expected = Array.from({ length: 10 }, (_, i): Asked => ({ at: 60 + i, budget: 500 }));
  const slow = (seeds: readonly number[]) => seeds.map((seed, i) => recordOf({ at: 120 + i, budget: 500 }, seed));
  for (
    const seeds of [[40, 41, 42, 43, 44], [123450, 123451, 123452, 123453, 123454], confirmationSeeds("2026-11-23", 5)]
  ) {
    const { flagged, findings } = judged(expected, slow(seeds));
    assertEquals(flagged.length, 1, `${seeds}`);
    assert(findings.every(({ certainty }) => !certainty.includes("reaches beyond")));
  }
});

import { assert, assertEquals } from "@std/assert";
import { stream } from "../../src/data/stream.ts";
import {
  advance,
  hasDoneItsSteps,
  hasMemorised,
  isDue,
  isEvaluated,
  isRecorded,
  lastEpoch,
  type Progress,
  type Rules,
  type Seen,
  START,
} from "../../src/run/progress.ts";
import { trialOf } from "../support/runs.ts";

const { config } = trialOf("tiny-div", "adamw", { maxEpochs: 8, extraEpochs: 3, evalEvery: 2 });

/** Memorise; two steps alone; then two gradient calls a step, with the optimiser of the steps alone. */
const RULES: Rules = {
  config,
  phases: [
    { until: { kind: "memorised" }, restartsClock: true, gradientCalls: 1 },
    { until: { kind: "steps", count: 2 }, restartsClock: true, gradientCalls: 1 },
    { until: { kind: "end" }, restartsClock: false, gradientCalls: 2 },
  ],
  stepsPerEpoch: 3,
};

const step = (loss = 1): Seen => ({ kind: "step", loss });
const evaluation = (train: number, test: number): Seen => ({ kind: "evaluation", train, test });
const ENTERED: Seen = { kind: "phase entered" };
const COMPLETED: Seen = { kind: "epoch completed" };
const EPOCH: readonly Seen[] = [step(), step(), step(), COMPLETED];

const after = (p: Progress, ...seen: readonly Seen[]): Progress => seen.reduce((now, s) => advance(now, s, RULES), p);

/** Some of what a run counts. */
const told = ({ epoch, stepInEpoch, steps, gradientCalls, phase, phaseStep, t }: Progress) => [
  epoch,
  stepInEpoch,
  steps,
  gradientCalls,
  phase,
  phaseStep,
  t,
];

Deno.test("a run by its script: memorises, has its steps alone in the middle of an epoch, hunts, generalises, goes on, ends", () => {
  const begun = after(START, evaluation(0.1, 0));
  assertEquals([begun.nextEvaluation, begun.memorised, begun.status], [2, null, null]);
  const two = after(begun, ...EPOCH, ...EPOCH);
  assertEquals(told(two), [2, 0, 6, 6, 0, 6, 6]);
  assert(isDue(two) && hasMemorised(two, 1, RULES) && !hasMemorised(two, 0.99, RULES));
  const memorised = after(two, evaluation(1, 0.5), ENTERED);
  assertEquals(memorised.memorised, { epoch: 2, steps: 6, gradientCalls: 6 });
  // The clock of a fresh optimiser starts again; nothing else is forgotten.
  assertEquals(told(memorised), [2, 0, 6, 6, 1, 0, 0]);
  assert(!hasDoneItsSteps(memorised, RULES) && hasDoneItsSteps(after(memorised, step(), step()), RULES));
  const hunt = after(memorised, step(), step(), ENTERED);
  assertEquals(told(hunt), [2, 2, 8, 8, 2, 0, 2]);
  const three = after(hunt, step(), COMPLETED);
  assertEquals(told(three), [3, 0, 9, 10, 2, 1, 3]);
  assert(!isEvaluated(three, RULES));
  const four = after(three, ...EPOCH, evaluation(1, 0.995));
  assertEquals(four.generalised, { epoch: 4, steps: 12, gradientCalls: 16 });
  // Epochs after the crossing are all evaluated, whatever `evalEvery`.
  assertEquals([four.nextEvaluation, four.status, lastEpoch(four, config)], [5, null, 7]);
  const six = after(four, ...EPOCH, evaluation(1, 0.2), ...EPOCH, evaluation(0.2, 1));
  assertEquals([six.status, six.generalised, six.memorised], [null, four.generalised, four.memorised]);
  const end = after(six, ...EPOCH, evaluation(1, 0));
  assertEquals([end.status, end.epoch, end.steps, end.gradientCalls], ["grokked", 7, 21, 34]);
});

Deno.test("until a sustained crossing: the extra epochs begin anew after each dip, and the first crossing stays where it was", () => {
  const rules: Rules = { ...RULES, config: { ...config, crossing: "sustained", maxEpochs: 40 } };
  const seen = (...accuracies: number[]) =>
    accuracies.reduce((now, test) => advance(after(now, ...EPOCH), evaluation(1, test), rules), { ...START, phase: 2 });
  const dipped = seen(0.1, 1, 1, 0.5);
  assertEquals([dipped.generalised?.epoch, dipped.above, lastEpoch(dipped, rules.config)], [2, null, 40]);
  const again = seen(0.1, 1, 1, 0.5, 1, 1, 0.995);
  assertEquals([again.above, lastEpoch(again, rules.config), again.status], [
    { epoch: 5, steps: 15, gradientCalls: 30 },
    8,
    null,
  ]);
  assertEquals(seen(0.1, 1, 1, 0.5, 1, 1, 0.995, 0.99).above, null);
  const lasting = seen(0.1, 1, 1, 0.5, 1, 1, 0.995, 1);
  assertEquals([lasting.status, lasting.epoch, lasting.generalised?.epoch, lasting.above?.epoch], ["grokked", 8, 2, 5]);
  // Counted from the first crossing the same run had ended three epochs earlier.
  assertEquals(lastEpoch(dipped, config), 5);
});

Deno.test("at its budget a run ends: censored, or grokked however few of the extra epochs there were", () => {
  const seven = { ...START, epoch: 7, nextEvaluation: 8 };
  const last = after(seven, ...EPOCH);
  assert(isEvaluated(last, RULES));
  assertEquals(after(last, evaluation(1, 0.99)).status, "censored");
  assertEquals(after(last, evaluation(1, 0.991)).status, "grokked");
  assertEquals(after(seven, evaluation(1, 0.991)).status, null);
  // Evaluated because the budget ends there, not because it is due.
  const odd: Rules = { ...RULES, config: { ...config, maxEpochs: 7 } };
  assert(isEvaluated(seven, odd) && !isDue(seven));
});

Deno.test("a loss that is no number ends a run at once, is counted as a step, and is recorded", () => {
  for (const loss of [NaN, Infinity, -Infinity]) {
    const ended = after({ ...START, phaseStep: 200, recordFrom: 1000 }, step(loss));
    assertEquals([ended.status, ended.steps, ended.gradientCalls], ["diverged", 1, 1]);
    assert(isRecorded(ended));
  }
  assertEquals(after(START, step(1e30)).status, null);
});

Deno.test("batch losses are summed up to an evaluation, over epochs that are not evaluated and over phases", () => {
  const p = after(START, step(1), step(2), step(4), COMPLETED, step(8), ENTERED, step(16));
  assertEquals([p.lossSum, p.lossCount], [31, 5]);
  const { lossSum, lossCount } = after(p, evaluation(0, 0));
  assertEquals([lossSum, lossCount], [0, 0]);
});

Deno.test("of each phase the first hundred steps are recorded, then those that are 1 % later, from its beginning", () => {
  let p = START;
  const recorded: Record<number, number[]> = { 0: [], 1: [] };
  for (let i = 1; i <= 320; i++) {
    if (i === 151) p = after(p, ENTERED);
    p = after(p, step());
    if (!isRecorded(p)) continue;
    recorded[p.phase].push(p.phaseStep);
    p = after(p, { kind: "step recorded" });
  }
  const hundred = Array.from({ length: 100 }, (_, i) => i + 1);
  // 101, then ⌈101·1.01⌉, …
  const later = [101, 103, 105, 107, 109, 111, 113, 115, 117, 119, 121, 123, 125, 127, 129, 131, 133, 135, 137, 139];
  assertEquals(recorded[0], [...hundred, ...later, 141, 143, 145, 147, 149]);
  assertEquals(recorded[1], [...recorded[0], 151, 153, 155, 157, 159, 161, 163, 165, 167, 169]);
});

/** A state that a run could be in, or nearly. */
function anyProgress(random: ReturnType<typeof stream>): Progress {
  const upTo = (n: number) => Math.floor(n * random.uniform());
  const some = { epoch: upTo(8), steps: upTo(100), gradientCalls: upTo(200) };
  return Object.freeze({
    epoch: upTo(9),
    stepInEpoch: upTo(3),
    steps: upTo(1e6),
    gradientCalls: upTo(2e6),
    phase: upTo(3),
    phaseStep: upTo(1e6),
    t: upTo(1e6),
    recordFrom: upTo(1e6),
    nextEvaluation: upTo(20),
    nextThorough: upTo(20),
    lossSum: random.normal(),
    lossCount: upTo(50),
    memorised: upTo(2) ? some : null,
    generalised: upTo(2) ? some : null,
    above: upTo(2) ? some : null,
    status: null,
  });
}

Deno.test("from any state a step is one step: of the run, the epoch, the phase and the clock, and of nothing else", () => {
  const random = stream(11, "progress");
  for (let i = 0; i < 2000; i++) {
    const p = anyProgress(random);
    const loss = random.uniform() < 0.05 ? NaN : random.normal();
    const next = advance(p, step(loss), RULES);
    assertEquals(next, {
      ...p,
      steps: p.steps + 1,
      stepInEpoch: p.stepInEpoch + 1,
      phaseStep: p.phaseStep + 1,
      t: p.t + 1,
      gradientCalls: p.gradientCalls + RULES.phases[p.phase].gradientCalls,
      lossSum: p.lossSum + loss,
      lossCount: p.lossCount + 1,
      status: Number.isFinite(loss) ? null : "diverged",
    });
    assertEquals(advance(p, step(loss), RULES), next);
  }
});

Deno.test("from any state, whatever is seen: nothing is uncounted, no milestone moves, and what only watches moves nothing", () => {
  const random = stream(12, "progress");
  for (let i = 0; i < 2000; i++) {
    const p = anyProgress(random);
    const seen: Seen[] = [step(), { kind: "step recorded" }, COMPLETED, evaluation(random.uniform(), random.uniform())];
    if (p.phase < 2) seen.push(ENTERED);
    for (const each of seen) {
      const next = advance(p, each, RULES);
      for (const name of ["epoch", "steps", "gradientCalls", "phase"] as const) assert(next[name] >= p[name], name);
      if (p.memorised) assertEquals(next.memorised, p.memorised);
      if (p.generalised) assertEquals(next.generalised, p.generalised);
      if (each.kind !== "step") assertEquals([next.steps, next.gradientCalls], [p.steps, p.gradientCalls], each.kind);
      if (each.kind === "evaluation") assert(next.nextEvaluation > p.epoch);
      if (each.kind === "step recorded") assert(!isRecorded(next));
      if (each.kind === "phase entered") assertEquals(next.t, RULES.phases[next.phase].restartsClock ? 0 : p.t);
    }
  }
});

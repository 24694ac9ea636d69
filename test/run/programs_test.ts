import { assertEquals, assertThrows } from "@std/assert";
import type { Phase } from "../../src/algorithms/algorithm.ts";
import { stream } from "../../src/data/stream.ts";
import { trace } from "../../src/jit/mod.ts";
import { stepProgram } from "../../src/run/programs.ts";
import { trialOf } from "../support/runs.ts";

const { case: found, config, algorithm, hyper } = trialOf("tiny-div", "adamw");
const problem = await found.prepare(config, 0);
const [train] = algorithm.phases(hyper, problem.model.layout);

/** The step of a phase as it is compiled. */
function traced(phase: Phase) {
  const state = phase.enter({ prey: problem.theta0 }, stream(0, "direction"));
  const spec = stepProgram(problem, phase, state, config.batchSize);
  return trace(spec.body, { ...spec.state, ...spec.inputs });
}

const withClock = (name: string): Phase => ({ ...train, clock: (t) => ({ ...train.clock(t), [name]: t }) });

Deno.test("a clock of its own name is an input of the step, whether the step uses it or not", () => {
  assertEquals(traced(withClock("warmup")).inputs.filter(({ input }) => input === "warmup").length, 1);
});

Deno.test("a clock with the name of a column, of state or of a result is refused, with both kinds named", () => {
  const column = Object.keys(problem.model.inputs)[0];
  const meanings = { [column]: "column of the batch", targets: "column of the batch", prey: "leaf of the state" };
  for (const [name, kind] of Object.entries({ ...meanings, "optimiser/0/firstMoment": "leaf of the state" })) {
    assertThrows(() => traced(withClock(name)), Error, `step: '${name}' is both a ${kind} and a clock; rename one`);
  }
  for (const name of ["loss", "stepNorm"]) {
    assertThrows(() => traced(withClock(name)), Error, `step: '${name}' is both a clock and a result; rename one`);
  }
});

Deno.test("a probe with the name of state or of the loss is refused", () => {
  for (const name of ["prey", "loss"]) {
    const probing: Phase = {
      ...train,
      step: (...given) => ((stepped) => ({ ...stepped, probes: { [name]: stepped.loss } }))(train.step(...given)),
    };
    assertThrows(() => traced(probing), Error, `step: '${name}' is both a`);
  }
});

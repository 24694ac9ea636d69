import { assertEquals } from "@std/assert";
import type { FieldValue, Values } from "../../src/declare/field.ts";
import { catalogue, trialOf } from "../support/runs.ts";

/** The methods of other papers: control, phases, gradient calls. */
const RIVALS: Record<string, (FieldValue | null)[]> = {
  "adamw-wd1": [null, "train", 1],
  "grokfast": ["grokfast-off", "train", 1],
  "grokfast-off": [null, "train", 1],
  "grokfast-ma": ["grokfast-ma-off", "train", 1],
  "grokfast-ma-off": [null, "train", 1],
  "grokadamw": ["grokadamw-off", "train", 1],
  "grokadamw-off": [null, "train", 1],
  "orthograd": ["adam", "train", 1],
  "norm-projection": ["adam", "train", 1],
  "adam": [null, "train", 1],
  "stablemax": ["stablemax-off", "train", 1],
  "stablemax-off": [null, "train", 1],
  "muon": ["muon-off", "train", 1],
  "muon-off": [null, "train", 1],
  "muon-cap": ["muon", "train", 1],
  "egd": ["egd-off", "train", 1],
  "egd-off": [null, "train", 1],
  "lion": ["lion-off", "train", 1],
  "lion-off": [null, "train", 1],
  "sam": ["adamw", "train", 2],
  "ravine": ["adam-l2-scratch", "train", 1],
  "ravine-sgd": ["sgd", "train", 1],
  "sgd": [null, "train", 1],
  "ema-nesterov": ["adam-l2", "memorise train", 1],
  "sgld": ["adam-l2", "memorise train", 1],
};

/** What SPEC and the paper say of each: control, phases, gradient calls in the last one, and in a hunt A, α_p on `div97`. */
const EXPECTED: Record<string, (FieldValue | null)[]> = {
  "adamw": [null, "train", 1],
  "adamw-tuned": [null, "train", 1],
  "adamw-restart": [null, "memorise train", 1],
  "adam-l2": [null, "memorise train", 1],
  "adam-l2-scratch": [null, "train", 1],
  "ppm": ["adam-l2", "memorise prey-only hunt", 1, 150, 100],
  "ppm-adamw": ["adamw-restart", "memorise prey-only hunt", 1, 150, 100],
  "ppm-gradpred": ["adam-l2", "memorise prey-only hunt", 2, 150, 100],
  "ppm-scratch": ["adam-l2-scratch", "prey-only hunt", 1, 150, 100],
  "ppm-nopush": ["adam-l2", "memorise prey-only hunt", 1, 0, 100],
  "ppm-nochase": ["adam-l2", "memorise prey-only hunt", 1, 150, 0],
  "pp-conn": ["pp-conn-alone", "memorise prey-only hunt", 1, 150, 100],
  "pp-conn-fast": ["pp-conn-alone", "memorise prey-only hunt", 1, 100, 150],
  "pp-conn-gradpred": ["pp-conn-gradpred-alone", "memorise prey-only hunt", 2, 150, 100],
  "pp-conn-alone": ["adam-l2", "memorise prey-only hunt", 1, 0, 0],
  "pp-conn-gradpred-alone": ["pp-conn-alone", "memorise prey-only hunt", 2, 0, 0],
  "pp-conn-random": ["pp-conn-alone", "memorise prey-only hunt", 1, 150, 100],
};

/** Constants of the paper that are the same for every algorithm that has them, and those that the search has found. */
const PAPER: Values = {
  learningRate: 1e-3,
  weightDecay: 1e-2,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  sigma: 10,
  nD: 5,
  useM: false,
};
const TUNED: Values = { learningRate: 3e-3, weightDecay: 1 };
const { algorithms } = catalogue;

Deno.test("the registry holds every algorithm of the paper and its rivals, their controls and ablations, and no other", () => {
  assertEquals(algorithms.map((a) => a.id).sort(), [...Object.keys(EXPECTED), ...Object.keys(RIVALS)].sort());
});

for (const [id, expected] of Object.entries(RIVALS)) {
  Deno.test(`${id}: control, phases and gradient calls are what is known of it`, () => {
    const { algorithm, case: found, config, hyper } = trialOf("div97", id);
    const phases = algorithm.phases(hyper, found.model(config).layout);
    const ids = phases.map((phase) => phase.id).join(" ");
    assertEquals([algorithm.control, ids, phases.at(-1)!.gradientCalls], expected);
  });
}

for (const algorithm of algorithms.filter(({ id }) => id in EXPECTED)) {
  Deno.test(`${algorithm.id}: control, phases and constants are those of the paper`, () => {
    const { case: found, config, hyper } = trialOf("div97", algorithm.id);
    const phases = algorithm.phases(hyper, found.model(config).layout);
    const said = [
      algorithm.control,
      phases.map((phase) => phase.id).join(" "),
      phases.at(-1)!.gradientCalls,
      ...["A", "alphaP"].flatMap((name) => name in hyper ? [hyper[name]] : []),
    ];
    assertEquals(said, EXPECTED[algorithm.id]);
    const usual = { ...PAPER, ...(algorithm.id === "adamw-tuned" ? TUNED : {}) };
    const { A: _a, alphaP: _p, ...others } = hyper;
    assertEquals(others, Object.fromEntries(Object.keys(others).map((name) => [name, usual[name]])));
    const delay = phases.find((phase) => phase.id === "prey-only");
    if (delay) assertEquals(delay.until, { kind: "steps", count: 5 });
    // A hunt goes on with the optimiser of the prey-only steps; every other phase starts a fresh one.
    for (const phase of phases) assertEquals(phase.restartsClock, phase.id !== "hunt");
  });
}

Deno.test("cases have the paper's constants of the hunt", () => {
  const constants = (id: string) => {
    const { A, sigma, alphaP, nD, useM } = trialOf(id, "pp-conn").hyper;
    return [A, sigma, alphaP, nD, useM];
  };
  assertEquals(constants("div97"), [150, 10, 100, 5, false]);
  assertEquals(constants("mnist1k"), [15, 1, 10, 5, true]);
});

Deno.test("the random push is a unit vector of the seed, and only the random ablation has one", async () => {
  const { stream } = await import("../../src/data/stream.ts");
  const prey = new Float32Array(50);
  const hunted = algorithms.filter((a) => a.id.startsWith("pp-conn")).map((algorithm) => {
    const { case: found, config, hyper } = trialOf("div97", algorithm.id);
    const phase = algorithm.phases(hyper, found.model(config).layout).at(-1)!;
    const state = phase.enter({ prey, predator: prey, optimiser: {} }, stream(1, "direction"));
    return [algorithm.id, state.direction as Float32Array | undefined] as const;
  });
  for (const [id, direction] of hunted) {
    assertEquals(direction !== undefined, id === "pp-conn-random");
    if (direction) assertEquals(Math.hypot(...direction).toFixed(6), "1.000000");
  }
});

import { assert, assertEquals, assertMatch } from "@std/assert";
import { leaves, type Tree } from "../../src/algorithms/tree.ts";
import { stream } from "../../src/data/stream.ts";
import { configure, wrongValue } from "../../src/declare/field.ts";
import { casesOf, type Entry } from "../../src/declare/profile.ts";
import { engines, engineVersions } from "../../src/engine/mod.ts";
import { initialise, parameterCount } from "../../src/algorithms/layout.ts";
import { catalogue, trialOf } from "../support/runs.ts";

const { cases, algorithms, profiles } = catalogue;

/** Whether an optimiser's state has a part for matrices. */
const phaseIsParted = ({ optimiser }: Tree<Float32Array>) => "matrix" in ((optimiser ?? {}) as Tree<Float32Array>);

const ids = (items: readonly { id: string }[]) => items.map((item) => item.id);

Deno.test("names are unique in every registry, and everything is described", () => {
  for (const registry of [cases, algorithms, engines, profiles]) {
    assertEquals(new Set(ids(registry)).size, registry.length);
    for (const { id, summary } of registry) {
      assertMatch(id, /^[a-z][a-z0-9-]*(?::[a-z]+)?$/);
      assert(summary.length > 10, id);
    }
  }
});

for (const algorithm of algorithms) {
  Deno.test(`${algorithm.id}: control and source are real, and why that control is said in one line`, () => {
    assert(algorithm.control === null || ids(algorithms).includes(algorithm.control));
    assert(algorithm.control !== algorithm.id);
    assertMatch(algorithm.source, /arXiv:\d{4}\.\d{4,5}/);
    assert(algorithm.controlReason.length > 10 && !algorithm.controlReason.includes("\n"), algorithm.controlReason);
    assertEquals(algorithm.agents[0], "prey");
  });

  Deno.test(`${algorithm.id}: fixed fields and search ranges are of its own fields, and only what can be set is searched`, () => {
    const { fields, fixed = [], search = {} } = algorithm;
    for (const name of fixed) assert(Object.hasOwn(fields, name), name);
    for (const [name, range] of Object.entries(search)) {
      const field = fields[name];
      assert(field && !fixed.includes(name), name);
      const { low, high } = range!;
      assert(0 < low && low < high, name);
      for (const end of [low, high]) assertEquals(wrongValue(field, end), null, name);
    }
  });

  for (const found of cases) {
    const { config, hyper } = trialOf(found.id, algorithm.id);
    const { layout } = found.model(config);

    Deno.test(`${algorithm.id} on ${found.id}: its constants are valid, and where it searches they lie inside`, () => {
      const again = configure("it", algorithm.fields, { ...algorithm.presets?.(found) });
      assertEquals({ ...again }, { ...hyper });
      assertEquals(Object.keys(hyper).sort(), Object.keys(algorithm.fields).sort());
      for (const [name, value] of Object.entries(hyper)) assertEquals(wrongValue(algorithm.fields[name], value), null);
      for (const [name, range] of Object.entries(algorithm.search ?? {})) {
        const value = Number(hyper[name]);
        assert(range!.low <= value && value <= range!.high, `${name} = ${value}`);
      }
      assertEquals(Object.keys(algorithm.fields).filter((name) => Object.hasOwn(found.fields, name)), []);
    });

    Deno.test(`${algorithm.id} on ${found.id}: hands its state on from phase to phase, every leaf as long as the parameters, or a multiple`, () => {
      const phases = algorithm.phases(hyper, layout);
      assertEquals(phases.map((phase) => phase.until.kind === "end").indexOf(true), phases.length - 1);
      const theta = new Float32Array(parameterCount(layout)).fill(2);
      let state: Tree<Float32Array> = { prey: theta };
      for (const phase of phases) {
        state = phase.enter(state, stream(0, "direction"));
        for (const [path, leaf] of Object.entries(leaves(state))) {
          // What treats kinds of tensors apart has each kind's moments as long as these.
          if (path.startsWith("optimiser/") && phaseIsParted(state)) continue;
          assertEquals([path, leaf.length % theta.length], [path, 0]);
        }
        for (const agent of ["prey", ...(phase.id === "hunt" ? ["predator"] : [])]) {
          assert((state[agent] as Float32Array).every((x) => x === 2), `${phase.id}: ${agent}`);
        }
        for (const t of [1, 2, 1e6]) {
          for (const x of Object.values(phase.clock(t))) assert(Number.isFinite(x) && x >= 0);
        }
      }
      // Whoever has an agent besides the prey says so.
      assertEquals("predator" in state, algorithm.agents.includes("predator"));
    });
  }
}

for (const found of cases) {
  Deno.test(`${found.id}: its defaults are valid, every field is documented, overrides keep their type`, () => {
    const config = found.configure({});
    for (const [name, field] of Object.entries(found.fields)) {
      assert(field.doc.length > 2, name);
      assertEquals(typeof config[name as keyof typeof config], typeof field.value);
    }
  });
}

for (const found of cases.filter((c) => c.id.startsWith("tiny-") || c.id === "div97")) {
  Deno.test(`${found.id}: the same seed gives the same problem, another seed another`, async () => {
    const config = found.configure({});
    const [one, same, other] = await Promise.all([0, 0, 1].map((seed) => found.prepare(config, seed)));
    assertEquals(one.theta0, same.theta0);
    assertEquals(one.dataset.train.targets, same.dataset.train.targets);
    assert(one.theta0.some((x, i) => x !== other.theta0[i]));
    assertEquals(one.theta0.length, parameterCount(one.model.layout));
    assert(one.dataset.train.targets.every((c) => c >= 0 && c < one.model.classes));
  });
}

Deno.test("initScale multiplies the initial vector and changes nothing else", async () => {
  const found = cases.find((c) => c.id === "tiny-add")!;
  const [one, three] = await Promise.all([1, 3].map((s) => found.prepare(found.configure({ initScale: s }), 0)));
  one.theta0.forEach((x, i) => assertEquals(three.theta0[i], Math.fround(3 * x)));
});

Deno.test("startNorm draws everything in one hypercube: the norm that is asked for, whatever the layers' own start is", async () => {
  const found = cases.find((c) => c.id === "tiny-add")!;
  const [{ theta0 }, other] = await Promise.all(
    [20, 40].map((startNorm) => found.prepare(found.configure({ startNorm }), 0)),
  );
  const bound = 20 * Math.sqrt(3 / theta0.length);
  const norm = (x: Float32Array) => Math.hypot(...x);
  // The square of the norm scatters by 0.9/√P of itself.
  assert(Math.abs(norm(theta0) / 20 - 1) < 4 * 0.45 / Math.sqrt(theta0.length), `${norm(theta0)}`);
  assert(theta0.every((x) => Math.abs(x) <= bound * (1 + 1e-6)) && Math.max(...theta0) > 0.99 * bound);
  // No piece is spared: the gains are no ones, the biases no zeros.
  theta0.forEach((x, i) => assert(Math.abs(other.theta0[i] - 2 * x) < 1e-6));
  assert(!theta0.includes(0) && !theta0.includes(1));
});

Deno.test("initial parameters have the spread that the layout names", () => {
  const layout = [
    { name: "u", shape: [100, 100], initial: { kind: "uniform", bound: 0.5 } },
    { name: "n", shape: [10_000], initial: { kind: "normal", std: 2 } },
    { name: "c", shape: [3], initial: { kind: "constant", value: 1 } },
  ] as const;
  const theta = initialise(layout, stream(0, "init"));
  const std = (x: Float32Array) => Math.sqrt(x.reduce((sum, v) => sum + v * v, 0) / x.length);
  assert(theta.slice(0, 10_000).every((x) => Math.abs(x) <= 0.5));
  // Five standard errors of a standard deviation from 10,000 draws.
  assert(Math.abs(std(theta.slice(0, 10_000)) / (0.5 / Math.sqrt(3)) - 1) < 0.035);
  assert(Math.abs(std(theta.slice(10_000, 20_000)) / 2 - 1) < 0.035);
  assertEquals([...theta.slice(20_000)], [1, 1, 1]);
});

Deno.test("profiles name known cases and algorithms, and every algorithm comes with its control and the baseline", () => {
  for (const profile of profiles) {
    // Entries that differ by their budget, or by what is set for the algorithm, are of one problem.
    const problem = (entry: Entry) => {
      const { fields } = cases.find(({ id }) => id === casesOf(entry)[0])!;
      const ofCase = Object.entries(entry.overrides ?? {}).filter(([name]) => Object.hasOwn(fields, name));
      return JSON.stringify([entry.case, { ...Object.fromEntries(ofCase), maxEpochs: 0 }]);
    };
    const methods = (entry: Entry) => entry.algorithms ?? profile.algorithms;
    for (const entry of profile.entries) {
      const chosen = profile.entries.filter((other) => problem(other) === problem(entry)).flatMap(methods);
      for (const id of casesOf(entry)) assert(ids(cases).includes(id), id);
      for (const id of chosen) {
        const algorithm = algorithms.find((a) => a.id === id)!;
        assert(algorithm, id);
        // A search compares settings of one method; nothing is attributed to anything.
        const held = profile.id === "tune" || algorithm.control === null || chosen.includes(algorithm.control);
        assert(held, `${profile.id}: control of ${id}`);
      }
      assert(chosen.includes("adamw"), profile.id);
    }
  }
});

Deno.test("every engine names pinned versions", () => {
  for (const { id } of engines) {
    for (const [name, version] of Object.entries(engineVersions(id))) {
      assertMatch(version, name === "subnormals" ? /^zero$/ : /^\d+\.\d+\.\d+$/);
    }
  }
});

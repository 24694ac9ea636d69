import { assert, assertEquals, assertMatch } from "@std/assert";
import { cases, hyperOf } from "../../bench/cases/mod.ts";
import { type Entry, profiles } from "../../bench/profiles/mod.ts";
import { algorithms } from "../../src/algorithms/mod.ts";
import { leaves } from "../../src/algorithms/tree.ts";
import { stream } from "../../src/data/stream.ts";
import { engines, engineVersions } from "../../src/engine/mod.ts";
import { initialise, parameterCount } from "../../src/algorithms/layout.ts";

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
  const hyper = algorithm.hyper(hyperOf(cases[0].configure({})), cases[0].tuned);

  Deno.test(`${algorithm.id}: control and source are real, its last phase has no end`, () => {
    assert(algorithm.control === null || ids(algorithms).includes(algorithm.control));
    assert(algorithm.control !== algorithm.id);
    assertMatch(algorithm.source, /arXiv:\d{4}\.\d{4,5}/);
    assertEquals(
      algorithm.phases(hyper).map((phase) => phase.until.kind === "end").lastIndexOf(true),
      algorithm.phases(hyper).length - 1,
    );
    assertEquals(algorithm.phases(hyper).filter((phase) => phase.until.kind === "end").length, 1);
  });

  Deno.test(`${algorithm.id}: hands its state on from phase to phase, every leaf as long as the parameters`, () => {
    const theta = Float32Array.of(1, 2, 3);
    let state = { prey: theta } as ReturnType<ReturnType<typeof algorithm.phases>[number]["enter"]>;
    for (const phase of algorithm.phases(hyper)) {
      state = phase.enter(state, stream(0, "direction"));
      for (const [path, leaf] of Object.entries(leaves(state))) assertEquals([path, leaf.length], [path, 3]);
      assertEquals([...state.prey as Float32Array], [1, 2, 3]);
      if (phase.id === "hunt") assertEquals([...state.predator as Float32Array], [1, 2, 3]);
      for (const t of [1, 2, 1e6]) for (const x of Object.values(phase.clock(t))) assert(Number.isFinite(x) && x >= 1);
    }
  });
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
    // Entries that differ by their budget only are one problem.
    const problem = ({ case: id, overrides }: Entry) => JSON.stringify([id, { ...overrides, maxEpochs: 0 }]);
    const methods = (entry: Entry) => entry.algorithms ?? profile.algorithms;
    for (const entry of profile.entries) {
      const chosen = profile.entries.filter((other) => problem(other) === problem(entry)).flatMap(methods);
      assert(entry.case.includes(" or ") || ids(cases).includes(entry.case), entry.case);
      for (const id of chosen) {
        const algorithm = algorithms.find((a) => a.id === id)!;
        assert(algorithm, id);
        assert(algorithm.control === null || chosen.includes(algorithm.control), `${profile.id}: control of ${id}`);
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

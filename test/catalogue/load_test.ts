import { assert, assertEquals, assertMatch, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { isPath, urlsOf, withPlugins } from "../../src/catalogue/load.ts";
import { sourcesOf } from "../../src/catalogue/sources.ts";
import { opened } from "../../src/commands/plugins.ts";
import { UsageError } from "../../src/errors.ts";
import { resolve } from "../../src/run/trial.ts";
import { algorithmText, urlOf, writePlugin } from "../support/plugins.ts";
import { catalogue, finishWorker, outcomeOf, readRecord, recordNames, specOf, startWorker } from "../support/runs.ts";

const folder = Deno.makeTempDirSync();
const load = (...paths: string[]) => withPlugins(catalogue, paths.map(urlOf));

globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

Deno.test("an algorithm of somebody's own is known with its fields, beside all that is here, and runs", async () => {
  const path = writePlugin(folder, "scaled.ts", algorithmText("scaled"));
  const known = await load(path);
  assertEquals(known.plugins, [{ url: urlOf(path), cases: [], algorithms: ["scaled"], probes: [] }]);
  assertEquals(known.algorithms.map(({ id }) => id), [...catalogue.algorithms.map(({ id }) => id), "scaled"]);
  // Nobody else's catalogue has changed.
  assert(!catalogue.algorithms.some(({ id }) => id === "scaled") && catalogue.plugins.length === 0);
  const { hyper, algorithm } = resolve(known, specOf("tiny-div", "scaled", { scale: 2 }));
  assertEquals([hyper.scale, hyper.learningRate, algorithm.control], [2, 1e-3, "adamw"]);
  assertThrows(() => resolve(known, specOf("tiny-div", "scaled", { scale: 0 })), UsageError, "scale = 0");
  assertThrows(() => resolve(known, specOf("tiny-div", "adamw", { scale: 2 })), UsageError, "has a field 'scale'");

  const overrides = { modulus: 11, batchSize: 16, maxEpochs: 3 };
  const order = { plugins: known.plugins.map(({ url }) => url), sources: sourcesOf(known) };
  const run = async (algorithm: string, more: Record<string, number>, results: string) => {
    const last = await finishWorker(
      startWorker(specOf("tiny-div", algorithm, { ...overrides, ...more }), `${folder}/${results}`, 30, order),
    );
    assertEquals(last?.kind, "finished", JSON.stringify(last));
    return readRecord(recordNames(`${folder}/${results}`)[0]);
  };
  const [whole, plain] = [await run("scaled", { scale: 1 }, "whole"), await run("adamw", {}, "plain")];
  assertEquals([whole.algorithm, whole.control, whole.hyper.scale], ["scaled", "adamw", 1]);
  // With a scale of 1 it is AdamW, number by number, and so it has its fingerprint.
  assertEquals([whole.digest, whole.computation], [plain.digest, plain.computation]);
  assert(outcomeOf(whole) !== outcomeOf(plain) && whole.id !== plain.id);
  assert((await run("scaled", {}, "half")).digest !== plain.digest);
});

Deno.test("a case of somebody's own, and several things in one file or in a list, are known each once", async () => {
  const path = writePlugin(
    folder,
    "several.ts",
    `${algorithmText("several-a")}
import { modularCase } from "${new URL("../../bench/cases/modular.ts", import.meta.url).href}";
const small = modularCase({ id: "mine-7", summary: "a·b⁻¹ mod 7", source: "a test" }, { modulus: 7, batchSize: 4 });
export const other = defineAlgorithm({ ...mine, id: "several-b", control: "several-a", fields: adamFields });
export const all = [small, mine, other];
export default mine;
export const unrelated = { id: "no", fields: 3 };
`,
  );
  const known = await load(path, path);
  assertEquals(known.plugins.map(({ cases, algorithms }) => [cases, algorithms.toSorted()]), [
    [["mine-7"], ["several-a", "several-b"]],
  ]);
  const trial = resolve(known, specOf("mine-7", "several-b"));
  assertEquals((await trial.case.prepare(trial.config, 0)).dataset.train.size, 21);
});

Deno.test("files on the command line stand for what they define, relative to where the command was given", async () => {
  const path = writePlugin(folder, "named.ts", algorithmText("named"));
  const choice = { cases: ["tiny-div"], algorithms: ["adamw", path], kept: 1 };
  const [known, names] = await opened(catalogue, choice);
  assertEquals(names, { cases: ["tiny-div"], algorithms: ["adamw", "named"], kept: 1 });
  assertEquals(known.plugins.length, 1);
  const before = Deno.env.get("INIT_CWD");
  Deno.env.set("INIT_CWD", folder);
  try {
    const [, relative] = await opened(catalogue, { cases: [], algorithms: ["./named.ts"] });
    assertEquals(relative.algorithms, ["named"]);
  } finally {
    if (before === undefined) Deno.env.delete("INIT_CWD");
    else Deno.env.set("INIT_CWD", before);
  }
  assertEquals(urlsOf(["./a.ts", "/b.ts"], "/home/me"), ["file:///home/me/a.ts", "file:///b.ts"]);
  assertEquals(["./a", "../a.js", "a.mts", "/a", "a.ts"].map(isPath), [true, true, true, true, true]);
  assertEquals(["tiny-div", "ppm", "add139-norm", "mjs"].map(isPath), [false, false, false, false]);
  assertEquals((await opened(catalogue, { cases: ["tiny-div"], algorithms: [] }))[0], catalogue);
});

/** What is wrong with a file, its text, and what its refusal must say. */
const WRONG: readonly (readonly [string, string, string])[] = [
  ["does not parse", "export const = 3;\n", "it cannot be loaded"],
  ["throws as it is loaded", `throw new Error("out of luck\\nand more");\n`, "it cannot be loaded: out of luck"],
  ["imports what is not there", `import "./no-such-file.ts";\n`, "it cannot be loaded"],
  [
    "has presets that fail",
    algorithmText("ill-preset", "presets: () => { throw new Error(`no such case`); },"),
    "no such case",
  ],
  ["has a field that is none", algorithmText("fieldless", "fields: { scale: 3 as never },"), "field 'scale' is none"],
  [
    "searches backwards",
    algorithmText("backwards", "search: { scale: { low: 3, high: 2 } },"),
    "the search of scale from 3 to 2",
  ],
  ["exports nothing", "const mine = 3;\n", "it exports neither an algorithm"],
  [
    "exports what is neither",
    `export const mine = { id: "x" };\nexport default 3;\n`,
    "it exports neither an algorithm",
  ],
  ["takes the id of an algorithm", algorithmText("ppm"), "algorithm 'ppm' is there already"],
  ["defines one id twice", `${algorithmText("twin")}export const other = { ...mine };\n`, "'twin' is there already"],
  ["has an id that names no file", algorithmText("My Method"), "an id has at most 64 lower-case letters"],
  ["names a control that is not there", algorithmText("lost", `control: "adamx",`), "its control 'adamx' is not there"],
  ["is its own control", algorithmText("selfish", `control: "selfish",`), "it cannot be its own control"],
  ["has no phases", algorithmText("idle", "phases: () => [],"), "it has no phases"],
  ["has no function of phases", algorithmText("mute", "phases: 3 as never,"), "it has no function 'phases'"],
  [
    "never ends",
    algorithmText("endless", `phases: (h) => [single("a", adamw(h), { kind: "steps", count: 3 })],`),
    "its last phase, and no other, must go on to the end",
  ],
  [
    "ends before its last phase",
    algorithmText("early", `phases: (h) => [single("a", adamw(h), end), single("b", adamw(h), end)],`),
    "its last phase, and no other, must go on to the end",
  ],
  [
    "has a state without a prey",
    algorithmText(
      "preyless",
      `phases: (h) => [{ ...single("a", adamw(h), end), enter: () => ({ x: new Float32Array(1) }) }],`,
    ),
    "its state has no leaf 'prey'",
  ],
  ["has another agent first", algorithmText("hunter", `agents: ["predator"],`), "its first agent must be 'prey'"],
  [
    "fixes a field that it lacks",
    algorithmText("stiff", `fixed: ["sigma" as never],`),
    "'sigma', which is no field of it",
  ],
  [
    "has a default out of range",
    algorithmText("wide", "fields: { ...adamFields, scale: positive(-1, `x`) },"),
    "scale = -1",
  ],
  [
    "has a field of every case",
    algorithmText("shadow", "fields: { ...adamFields, scale: positive(1, `x`), batchSize: positive(1, `x`) },"),
    "its field 'batchSize' is a field of case",
  ],
  [
    "has a field of one kind of case",
    algorithmText("shade", "fields: { ...adamFields, scale: positive(1, `x`), beta: positive(1, `x`) },"),
    "its field 'beta' is a field of case",
  ],
  [
    "fails as it makes its phases",
    algorithmText("failing", `phases: () => { throw new RangeError("no such\\nluck"); },`),
    "no such",
  ],
];

for (const [i, [what, text, why]] of WRONG.entries()) {
  Deno.test(`a file that ${what} is refused in one line that names it`, async () => {
    const path = writePlugin(folder, `wrong-${i}.ts`, text);
    const error = await assertRejects(() => load(path), UsageError);
    assertStringIncludes(error.message, `plug-in '${path}': `);
    assertStringIncludes(error.message, why);
    assertEquals(error.message.split("\n").length, 1);
  });
}

Deno.test("a file stands for what its flag asks for, or is refused: no name at all would mean everything", async () => {
  const path = writePlugin(folder, "only-algorithm.ts", algorithmText("only-algorithm"));
  for (const choice of [{ cases: [path], algorithms: [] }, { cases: [], algorithms: ["adamw"], probes: [path] }]) {
    const error = await assertRejects(() => opened(catalogue, choice), UsageError);
    assertMatch(error.message, new RegExp(`^--(case|probe) '${path}': the file exports no \\1 \\(define`));
  }
});

Deno.test("algorithms for perceptrons only, that draw as they begin, or whose optimiser has no state, are none the worse", async () => {
  const text = `${algorithmText("plain-sgd", `control: null, controlReason: "has no trick",`)}
import { scaleByLearningRate } from "SRC/algorithms/transform.ts";
const sgd = single("train", scaleByLearningRate(0.1), end);
export const drawing = defineAlgorithm({
  ...mine,
  id: "drawing-sgd",
  fields: adamFields,
  phases: (_, layout) => {
    if (!layout.some(({ name }) => name === "layer0.weight")) throw new Error("for perceptrons only");
    return [{ ...sgd, enter: (previous, stream) => (stream.normal(), sgd.enter(previous, stream)) }];
  },
});
`;
  const known = await load(writePlugin(folder, "stateless.ts", text));
  const order = { plugins: known.plugins.map(({ url }) => url), sources: sourcesOf(known) };
  const spec = specOf("tiny-glyphs", "drawing-sgd", { maxEpochs: 3 });
  const last = await finishWorker(startWorker(spec, `${folder}/stateless`, 30, order));
  assertEquals(last?.kind, "finished", JSON.stringify(last));
  const { curve } = readRecord(recordNames(`${folder}/stateless`)[0]);
  assert(curve.steps.loss.at(-1)! < curve.steps.loss[0]!);
});

Deno.test("a step that loses a leaf of the state fails with its name", async () => {
  const phases = `phases: (h) => {
    const phase = single("train", adamw(h), end);
    return [{
      ...phase,
      enter: (previous, stream) => ({ ...phase.enter(previous, stream), slow: new Float32Array(3) }),
      step: (state, gradAt, clock) => {
        const { slow, ...rest } = state;
        const stepped = phase.step(rest, gradAt, clock);
        return { ...stepped, state: { ...stepped.state, slows: slow } };
      },
    }];
  },`;
  const known = await load(writePlugin(folder, "misspelt.ts", algorithmText("misspelt", phases)));
  const order = { plugins: known.plugins.map(({ url }) => url), sources: sourcesOf(known) };
  const spec = specOf("tiny-div", "misspelt", { modulus: 11, batchSize: 16, maxEpochs: 3 });
  const last = await finishWorker(startWorker(spec, `${folder}/misspelt`, 30, order));
  assert(last?.kind === "failed", JSON.stringify(last));
  assertStringIncludes(last.line, "the state has 'slow' before the step and not after it");
});

Deno.test("a case of somebody's own with a field that an algorithm has is refused, and a file that is not there", async () => {
  const modular = new URL("../../bench/cases/modular.ts", import.meta.url).href;
  const path = writePlugin(
    folder,
    "shadowing-case.ts",
    `import { modularCase } from "${modular}";
import { positive } from "SRC/declare/field.ts";
const made = modularCase({ id: "shadowing", summary: "a·b⁻¹ mod 7", source: "a test" }, { modulus: 7, batchSize: 4 });
export const found = { ...made, fields: { ...made.fields, sigma: positive(1, "x") } };
`,
  );
  const error = await assertRejects(() => load(path), UsageError);
  assertStringIncludes(error.message, `plug-in '${path}': `);
  assertMatch(error.message, /field 'sigma' is a field of case 'shadowing'/);
  const absent = await assertRejects(() => load(`${folder}/absent.ts`), UsageError);
  assertStringIncludes(absent.message, `plug-in '${folder}/absent.ts': it cannot be loaded`);
  assertEquals(absent.message.split("\n").length, 1);
});

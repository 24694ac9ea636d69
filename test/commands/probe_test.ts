import { assert, assertEquals, assertMatch } from "@std/assert";
import { ourselves } from "../../src/child.ts";
import type { RunRecord } from "../../src/run/record/record.ts";

const ROOT = new URL("../../", import.meta.url);

/** A plug-in of one file: two columns, named nowhere else. */
const MINE = `
import { norm } from "${ROOT}src/algorithms/transform.ts";
import { defineProbe, onBatch } from "${ROOT}src/catalogue/probe.ts";

export const mine = defineProbe({
  id: "mine",
  summary: "two lengths of the prey",
  source: "for this test",
  fields: {},
  at: "step",
  needs: ["prey"],
  columns: [{ name: "one", doc: "its length" }, { name: "two", doc: "the length of where it began" }],
  program: (problem, agents, rows) =>
    onBatch(problem, agents, rows, ({ prey, origin }) => ({ one: norm(prey), two: norm(origin) })),
});
`;

async function bench(results: string, ...more: string[]) {
  const own = ["-c", "tiny-glyphs", "-a", "adamw", "-s", "0", "--max-epochs", "4", "--no-gate", "--results", results];
  const { code, stdout, stderr } = await ourselves({
    module: "main.ts",
    permissions: "bench",
    starts: true,
    args: ["bench", "-p", "smoke", ...own, ...more],
    env: { NO_COLOR: "1" },
  }).output();
  const [out, errors] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, text: out + errors };
}

function recordIn(results: string): RunRecord {
  const folder = `${results}/tiny-glyphs/adamw`;
  const [file, ...others] = [...Deno.readDirSync(folder)].map(({ name }) => name);
  assertEquals(others, []);
  return JSON.parse(Deno.readTextFileSync(`${folder}/${file}`));
}

Deno.test("a run is measured by the probes that are asked for, and done again where one is missing", async () => {
  const folder = Deno.makeTempDirSync();
  const results = `${folder}/results`;
  try {
    Deno.writeTextFileSync(`${folder}/mine.ts`, MINE);
    assertEquals((await bench(results)).code, 0);
    const plain = recordIn(results);
    assertEquals(plain.probes, []);

    const measured = await bench(results, "--probe", "gradient-norm", "--probe", `${folder}/mine.ts`);
    assertEquals(measured.code, 0, measured.text);
    assertMatch(
      measured.text,
      /not measured by probe 'gradient-norm', 'mine'; the run is done again, the old record is/,
    );
    assertMatch(measured.text, /was measured by other probes; the run starts over/);
    const record = recordIn(results);
    assertEquals(record.probes, ["gradient-norm", "mine"]);
    assertEquals([record.id, record.digest, record.computation], [plain.id, plain.digest, plain.computation]);
    assert(record.curve.epochs.gradientNorm.every((x) => x! > 0));
    assertEquals(record.curve.steps.two, record.curve.steps.step.map(() => record.curve.steps.two[0]));
    assertEquals(record.provenance.dirty, plain.provenance.dirty);

    const both = ["--probe", "gradient-norm", "--probe", `${folder}/mine.ts`];
    for (const asked of [[], both]) assertMatch((await bench(results, ...asked)).text, /kept from before/);
    assertEquals(recordIn(results), record);

    // What a probe measures may have changed with its file; what is trained has not.
    Deno.writeTextFileSync(
      `${folder}/mine.ts`,
      MINE.replace("norm(origin)", "tf.mul(norm(origin), 2)").replace(
        "import",
        `import * as tf from "@tensorflow/tfjs";\nimport`,
      ),
    );
    assertMatch((await bench(results)).text, /kept from before/);
    const edited = await bench(results, ...both);
    assertMatch(edited.text, /no fingerprint tells of its probes; the run is done again, the old record is kept as/);
    const doubled = recordIn(results);
    assertEquals([doubled.curve.steps.two[0], doubled.digest], [2 * record.curve.steps.two[0]!, record.digest]);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("a probe that is not there, and a file without one, are refused before any work", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    const unknown = await bench(folder, "--probe", "gradients");
    assertEquals(unknown.code, 2);
    assertMatch(unknown.text, /probe 'gradients' is unknown; did you mean 'gradient-norm'\?/);
    Deno.writeTextFileSync(`${folder}/taken.ts`, MINE.replace('name: "one"', 'name: "loss"'));
    const taken = await bench(folder, "--probe", `${folder}/taken.ts`);
    assertEquals(taken.code, 2);
    assertMatch(taken.text, /probe 'mine': column 'loss' is there already/);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { Catalogue } from "../../../src/catalogue/catalogue.ts";
import { count, type Fields, flag, since } from "../../../src/declare/field.ts";
import { readArchive } from "../../../src/run/record/archive.ts";
import { parseRecord } from "../../../src/run/record/parse.ts";
import type { RunRecord } from "../../../src/run/record/record.ts";
import { sealed } from "../../../src/run/record/seal.ts";
import { rejectionOf } from "../../../src/run/record/verify.ts";
import { catalogue } from "../../support/runs.ts";

/** Two records of the smoke profile as the repository had them: `adamw-tuned` and `ppm` on `tiny-div`, seed 0. */
const GOLDEN = new URL("../../golden/records_schema1.jsonl", import.meta.url);
const lines = Deno.readTextFileSync(GOLDEN).trim().split("\n");

/** SHA-256 of what each was asked to do, worked out apart from this code: sorted JSON, first 16 digits. */
const IDS: Readonly<Record<string, string>> = { "adamw-tuned": "8f0325eb35ad949b", "ppm": "205aba9fc8074662" };

/** As they are in the file. */
// deno-lint-ignore no-explicit-any -- of a schema that has no type any more
const old = (algorithm: string): any => lines.map((line) => JSON.parse(line)).find((r) => r.algorithm === algorithm);

function read(text: string, known: Catalogue = catalogue): RunRecord {
  const found = parseRecord(text, known);
  if ("rejected" in found) throw new Error(found.rejected);
  return found.record;
}

function refusal(record: object, known: Catalogue = catalogue): string {
  const found = parseRecord(JSON.stringify(record), known);
  assert("rejected" in found, "it was taken");
  return found.rejected;
}

/** A schema-1 record with something else in it, as a run of that time would have written it. */
function written(algorithm: string, change: object): object {
  const { seal: _, ...record } = old(algorithm);
  return sealed({ ...record, ...change });
}

for (const algorithm of Object.keys(IDS)) {
  Deno.test(`a record of schema 1 of ${algorithm} is read: named anew, measured as before`, () => {
    const before = old(algorithm);
    const record = read(JSON.stringify(before));
    assertEquals(rejectionOf(record), null);
    assertEquals([record.schema, record.id, record.computation, record.provenance.sources], [
      2,
      IDS[algorithm],
      null,
      null,
    ]);
    const { schema: _s, id: _i, seal: _l, config, hyper, provenance, ...kept } = before;
    for (const [name, value] of Object.entries(kept)) assertEquals(record[name as keyof RunRecord], value, name);
    assertEquals(record.digest, before.digest);
    assertEquals(record.provenance, { ...provenance, sources: null });
    // The constants of the algorithm have left the case, and only those that it has are kept.
    const own = catalogue.algorithms.find(({ id }) => id === algorithm)!.fields;
    assertEquals(
      { ...record.hyper },
      Object.fromEntries(Object.keys(own).map((name) => [name, hyper[name]])),
    );
    assert(!("learningRate" in record.config) && !("sigma" in record.config));
    const { fields } = catalogue.cases.find(({ id }) => id === record.case)!;
    // A field that is newer than the record has what code without it did.
    for (const [name, value] of Object.entries(record.config)) {
      assertEquals(value, config[name] ?? fields[name].before, name);
    }
    assertEquals(Object.keys(config).filter((name) => !(name in record.config)).sort(), Object.keys(hyper).sort());
  });
}

Deno.test("a record that was read from schema 1 is written and read as one of today, and both are one run", () => {
  const folder = Deno.makeTempDirSync();
  const record = read(lines[0]);
  Deno.writeTextFileSync(`${folder}/a.jsonl`, `${lines[0]}\n${JSON.stringify(record)}\n{"records":2}\n`);
  const { records, rejected } = readArchive(folder, catalogue);
  assertEquals([records.length, rejected], [1, []]);
  assertEquals(records[0], record);
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("an edited record of schema 1 is rejected, not sealed anew", () => {
  const { timing, ...rest } = old("ppm");
  assertStringIncludes(refusal({ ...rest, timing: { ...timing, wallSeconds: 1 } }), "edited or cut");
  assertStringIncludes(refusal({ ...old("ppm"), algorithm: "adam-l2" }), "edited or cut");
  assertStringIncludes(refusal({ schema: 1 }), "edited or cut");
  // Sealed, and told otherwise by its curve.
  const memorised = { ...old("ppm").memorised, epoch: 1 };
  assertMatch(refusal(written("ppm", { memorised })), /it says memorised at epoch 1 .*, its curve says/);
});

Deno.test("a record of schema 1 of an unknown algorithm or case is named as such, not called damaged", () => {
  for (const change of [{ algorithm: "mine" }, { case: "div1009" }]) {
    const why = refusal(written("ppm", change));
    assertStringIncludes(why, Object.values(change)[0]);
    assertStringIncludes(why, "are not both known here");
    assert(!/damaged|edited|is no record/.test(why), why);
  }
});

Deno.test("of several records in a file those that cannot be read are named by their line, the others are there", () => {
  const folder = Deno.makeTempDirSync();
  const foreign = JSON.stringify(written("ppm", { algorithm: "mine" }));
  Deno.writeTextFileSync(`${folder}/old.jsonl`, `${lines[0]}\n${foreign}\n${lines[1]}\n{"records":3}\n`);
  const { records, rejected } = readArchive(folder, catalogue);
  assertEquals(records.map(({ id }) => id).sort(), Object.values(IDS).sort());
  assertEquals(rejected.length, 1);
  assertMatch(rejected[0], /old\.jsonl:2: .*'mine'/);
  Deno.removeSync(folder, { recursive: true });
});

/** A field of any type. */
type AnyField = Fields[string];

/** The catalogue whose `ppm` and `tiny-div` have one field more each. */
function grown(ofAlgorithm: AnyField, ofCase: AnyField): Catalogue {
  return {
    ...catalogue,
    algorithms: catalogue.algorithms.map((a) =>
      a.id === "ppm" ? { ...a, fields: { ...a.fields, late: ofAlgorithm } } : a
    ),
    cases: catalogue.cases.map((c) => c.id === "tiny-div" ? { ...c, fields: { ...c.fields, later: ofCase } } : c),
  };
}

Deno.test("fields that came since have what code without them did, and leave the name as it is; without that they are missed", () => {
  const [line] = lines.filter((line) => JSON.parse(line).algorithm === "ppm");
  const known = grown(since(flag(true, "came late"), false), since(count(9, "came later"), 3));
  const { id, hyper, config } = read(line, known);
  assertEquals([id, hyper.late, { ...config, later: 3 }], [IDS.ppm, false, { ...config }]);
  const unsaid = grown(flag(true, "came late"), since(count(9, "came later"), 3));
  assertStringIncludes(refusal(JSON.parse(line), unsaid), "lacks fields that");
});

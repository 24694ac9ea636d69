import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { parse } from "@std/csv";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { EPOCH_COLUMNS, STEP_COLUMNS } from "../../src/declare/columns.ts";
import { readArchive } from "../../src/run/record/archive.ts";
import { csvExporter } from "../../src/report/csv.ts";
import { curveExporters } from "../../src/report/curve_exporters.ts";
import { leaderboardOf } from "../../src/report/leaderboard.ts";
import { tableOf } from "../../src/table/table.ts";
import { madeUp } from "../support/records.ts";
import { catalogue, cli } from "../support/runs.ts";

const [epochs, steps] = curveExporters;
const RUN = ["id", "case", "variant", "algorithm", "settings", "seed", "engine"];

const rowsOf = (text: string) => parse(text, { skipFirstRow: true }) as Record<string, string>[];
const headerOf = (text: string) => text.split("\r\n")[0].split(",");

/** What a reader of Parquet makes of a file: types by column, and rows. */
async function readBack(bytes: Uint8Array) {
  const file = bytes.slice().buffer;
  const { schema } = parquetMetadata(file);
  const types = Object.fromEntries(schema.slice(1).map(({ name, type }) => [name, type]));
  return { types, rows: await parquetReadObjects({ file }) };
}

Deno.test("the curves of the records that are shown are written as they stand there, a line a row", async () => {
  const folder = Deno.makeTempDirSync();
  const results = "expected/smoke/records";
  const files = ["--export-curves", `${folder}/curves.csv`, "--export-steps", `${folder}/steps.parquet`];
  const { code, stderr } = await cli(["leaderboard", "-p", "smoke", "--results", results, ...files], {}, "gate");
  assertEquals([code, stderr.includes("error")], [0, false]);
  const { records } = readArchive(results, catalogue);
  assert(records.length > 1);
  const csv = Map.groupBy(rowsOf(Deno.readTextFileSync(`${folder}/curves.csv`)), ({ id }) => id);
  const parquet = await readBack(Deno.readFileSync(`${folder}/steps.parquet`));
  const { id: text, seed: whole, t, stepNorm } = parquet.types;
  assertEquals([text, whole, t, stepNorm], ["BYTE_ARRAY", "INT64", "INT64", "DOUBLE"]);
  const typed = Map.groupBy(parquet.rows, ({ id }) => id);
  for (const found of [csv, typed]) assertEquals([...found.keys()].sort(), records.map(({ id }) => id).sort());
  for (const { id, case: caseId, algorithm, seed, engine, curve } of records) {
    const [lines, rows] = [csv.get(id)!, typed.get(id)!];
    for (const [column, values] of Object.entries(curve.epochs)) {
      assertEquals(lines.map((line) => line[column]), values.map((x) => x === null ? "" : `${x}`));
    }
    for (const [column, values] of Object.entries(curve.steps)) {
      assertEquals(rows.map((row) => row[column] === null ? null : Number(row[column])), values);
    }
    const run = (row: Record<string, unknown>) => [row.case, row.algorithm, String(row.seed), row.engine];
    for (const row of [lines[0], rows[0]]) assertEquals(run(row), [caseId, algorithm, `${seed}`, engine]);
  }
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("the header is the same whatever the runs have measured; what nobody declares stands at its end", () => {
  const record = madeUp({ seed: 0, generalised: 81 });
  const strange = { ...record, curve: { ...record.curve, epochs: { ...record.curve.epochs, zeal: [1], seed: [7] } } };
  const ofProbes = catalogue.probes.flatMap(({ columns }) => columns.map(({ name }) => name));
  assert(ofProbes.includes("gradientNorm"));
  const known = [...RUN, ...EPOCH_COLUMNS, ...ofProbes];
  const header = (records: typeof record[]) => headerOf(epochs.render({ catalogue, records }));
  assertEquals([header([]), header([record])], [known, known]);
  assertEquals(header([record, strange]), [...known, "curve.seed", "zeal"]);
  const [first, second] = rowsOf(epochs.render({ catalogue, records: [strange] }));
  assertEquals([first.seed, first["curve.seed"], first.zeal, second.zeal], ["0", "7", "1", ""]);
  assertEquals(headerOf(steps.render({ catalogue, records: [record] })), [...RUN, ...STEP_COLUMNS]);
});

Deno.test("how a run differs is said in words, and no name of a stranger's is a formula", () => {
  const varied = madeUp({ seed: 0, generalised: 81, algorithm: "ppm", overrides: { modulus: 31, sigma: 3 } });
  const [row] = rowsOf(epochs.render({ catalogue, records: [varied] }));
  assertEquals([row.variant, row.settings], ["modulus=31", "sigma=3"]);
  const forged = { ...varied, hyper: { ...varied.hyper, "=cmd|' /C calc'!A0": 1 } };
  const [told] = rowsOf(epochs.render({ catalogue, records: [{ ...forged, algorithm: "unknown", case: "@x" }] }));
  assertEquals(told.case, "'@x");
  assert(!/^[=+@-]/.test(told.settings));
  const { rows } = tableOf(catalogue, [{ ...forged, case: "-unknown" }]);
  const board = leaderboardOf(rows.map((each) => ({ ...each, seeds: [0] })));
  assertStringIncludes(csvExporter.render(board), "'-unknown");
});

Deno.test("a table without rows and a stranger's numbers can be written as Parquet too", async () => {
  const empty = await readBack(epochs.parquet!({ catalogue, records: [] }));
  assertEquals([empty.rows, empty.types.testAccuracy], [[], "DOUBLE"]);
  const record = { ...madeUp({ seed: 0, generalised: 81 }), case: "=x" };
  const strange = { ...record, curve: { ...record.curve, steps: { step: [1, 2], phase: [0.5, null] } } };
  const { types, rows } = await readBack(steps.parquet!({ catalogue, records: [strange] }));
  assertEquals([types.phase, rows.map(({ phase }) => phase), rows[0].case], ["DOUBLE", [0.5, null], "=x"]);
});

Deno.test("two exports are not written to one file", async () => {
  const args = ["leaderboard", "-p", "smoke", "--results", "expected/smoke/records"];
  const files = ["--export-csv", "/nowhere/one", "--export-curves", "/nowhere/one"];
  const { code, stderr } = await cli([...args, ...files], {}, "gate");
  assertEquals([code, stderr], [2, "error: --export-curves '/nowhere/one': --export-csv is to be written there too\n"]);
});

Deno.test("what is not written as Parquet is refused under such a name", async () => {
  const args = ["leaderboard", "-p", "smoke", "--results", "expected/smoke/records", "--export-csv", "board.parquet"];
  const { code, stderr } = await cli(args, {}, "gate");
  const refusal = "error: --export-csv 'board.parquet': it is not written as Parquet; give the file another name\n";
  assertEquals([code, stderr], [2, refusal]);
});

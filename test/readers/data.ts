import { assert, assertEquals } from "@std/assert";
import { lexer, type Tokens } from "marked";
import { command } from "../../src/child.ts";
import { readArchive } from "../../src/run/record/archive.ts";
import { catalogue, cli } from "../support/runs.ts";

const RESULTS = "expected/smoke/records";
/** What the examples of docs/data.md ask of the test accuracy. */
const ACCURACY = 0.9;

/** The only example of a language in docs/data.md. */
function exampleIn(language: string): string {
  const blocks = lexer(Deno.readTextFileSync("docs/data.md")).filter((token) => token.type === "code") as Tokens.Code[];
  const [example, ...others] = blocks.filter(({ lang }) => lang === language);
  assertEquals(others, []);
  return example.text;
}

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** What a program says, or null where it is not there or fails. */
function said(program: string, args: string[], cwd?: string): string | null {
  try {
    const { success, stdout, stderr } = command(program, { args, cwd }).outputSync();
    if (!success && cwd) console.error(text(stderr));
    return success ? text(stdout) : null;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

const medianOf = (sorted: readonly number[]) => (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;

/** The table that both examples print, told from the records: case, algorithm, seeds, censored, epoch. */
function expected(): string[] {
  const { records } = readArchive(RESULTS, catalogue);
  const cells = Map.groupBy(records, (record) => `${record.case} ${record.algorithm}`);
  return [...cells].map(([cell, runs]) => {
    const times = runs.map(({ curve: { epochs } }) => {
      const row = epochs.testAccuracy.findIndex((accuracy) => accuracy! > ACCURACY);
      return { epoch: epochs.epoch.at(row)!, censored: row < 0 };
    });
    const censored = times.filter((time) => time.censored).length;
    const epochs = times.map(({ epoch }) => epoch).sort((a, b) => a - b);
    return [cell, runs.length, censored, medianOf(epochs)].join(" ");
  }).sort();
}

const READERS = [
  {
    language: "python",
    file: "curves.parquet",
    known: () => said("python3", ["-c", "import pandas, pyarrow"]),
    start: ["python3", "-c"],
    missing: "there is no python3 with pandas and pyarrow here; pip install pandas pyarrow",
  },
  {
    language: "r",
    file: "curves.csv",
    known: () => said("Rscript", ["--version"]),
    start: ["Rscript", "-e"],
    missing: "there is no Rscript here; install the package r-base-core",
  },
] as const;

for (const { language, file, known, start: [program, flag], missing } of READERS) {
  const absent = known() === null;
  if (absent) console.log(`skipped: the example of docs/data.md in ${language}: ${missing}`);
  const name = `the example of docs/data.md in ${language} says what the records say`;
  Deno.test({ name: absent ? `${name}: ${missing}` : name, ignore: absent }, async () => {
    const folder = Deno.makeTempDirSync();
    const args = ["leaderboard", "-p", "smoke", "--results", RESULTS, "--export-curves", `${folder}/${file}`];
    const { code, stderr } = await cli(args, {}, "gate");
    assertEquals(code, 0, stderr);
    const printed = said(program, [flag, exampleIn(language)], folder);
    assert(printed !== null, `${program} failed`);
    const [header, ...lines] = printed.trim().split("\n").map((line) => line.trim().split(/\s+/));
    assertEquals(header, ["case", "algorithm", "seeds", "censored", "epoch"]);
    const rows = lines.map(([id, algorithm, ...numbers]) => [id, algorithm, ...numbers.map(Number)].join(" "));
    assertEquals(rows.sort(), expected());
    Deno.removeSync(folder, { recursive: true });
  });
}

import { METHODS } from "../../bench/profiles/methods.ts";
import { assert, assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { blessIn, type Tree } from "../../src/commands/bless.ts";
import { gate } from "../../src/commands/gate.ts";
import { leaderboard } from "../../src/commands/leaderboard.ts";
import { UsageError } from "../../src/errors.ts";
import { writeAtomically } from "../../src/files.ts";
import type { RunRecord } from "../../src/run/record/record.ts";
import { catalogue, fileNames } from "../support/runs.ts";
import { madeUp, type MadeUpRun } from "../support/records.ts";

/** What the smoke profile is of. */
const algorithms = catalogue.algorithms.filter(({ id }) => METHODS.includes(id));
const TREE: Tree = { clean: true, commit: "c0ffee0000", author: "a test" };
const CASES = ["tiny-div", "tiny-add", "tiny-glyphs"];
const EPOCHS = [38, 41, 44, 36, 47, 42, 40, 39, 45, 43];

/** Records of the whole smoke profile. */
const records = (
  seeds: number,
  fate: (algorithm: string, seed: number) => Partial<MadeUpRun> = () => ({}),
): RunRecord[] =>
  CASES.flatMap((id) =>
    algorithms.flatMap(({ id: algorithm }) =>
      EPOCHS.slice(0, seeds).map((generalised, seed) =>
        madeUp({ case: id, algorithm, seed, generalised, ...fate(algorithm, seed) })
      )
    )
  );

const put = (folder: string, made: readonly RunRecord[]) =>
  made.forEach((r) =>
    writeAtomically(`${folder}/results/${r.case}/${r.algorithm}/s${r.seed}-${r.id}.json`, JSON.stringify(r))
  );

/** What a command prints on stdout, and its exit code. */
async function said(command: () => number | Promise<number>): Promise<{ code: number; text: string }> {
  const lines: string[] = [];
  const { log } = console;
  console.log = (line: string) => void lines.push(line);
  try {
    return { code: await command(), text: lines.join("\n") };
  } finally {
    console.log = log;
  }
}

const flagsIn = (
  folder: string,
) => ["-p", "smoke", "--results", `${folder}/results`, "--expected", `${folder}/expected`];
const blessed = (folder: string, ...more: string[]) =>
  said(() => blessIn(TREE, [...flagsIn(folder), ...more], catalogue));
const gated = (folder: string, ...more: string[]) => said(() => gate.run([...flagsIn(folder), ...more], catalogue));

async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = Deno.makeTempDirSync();
  await test(folder);
  Deno.removeSync(folder, { recursive: true });
}

Deno.test("bless, then the gate on the same records, then on the compact ones: all reproduced", () =>
  inFolder(async (folder) => {
    put(folder, records(10));
    const { text } = await blessed(folder, "--reason", "first");
    assertEquals(text.split("\n").filter((line) => line.startsWith("new ")).length, CASES.length * algorithms.length);
    assertEquals((await gated(folder)).code, 0);
    Deno.removeSync(`${folder}/results`, { recursive: true });
    const compact = await gated(folder, "--results", `${folder}/expected/smoke/records`);
    assertEquals(compact.code, 0);
    assertMatch(compact.text, /^## Gate: smoke: reproduced/);
    const again = await blessed(folder, "--dry-run");
    assertStringIncludes(again.text, "nothing changes: the records give exactly what is there");
  }));

Deno.test("the gate says incomplete, exit code 2, for an empty folder and for a missing run", () =>
  inFolder(async (folder) => {
    put(folder, records(3));
    await blessed(folder, "--reason", "first");
    Deno.removeSync(`${folder}/results`, { recursive: true });
    const { code, text } = await gated(folder);
    assertEquals(code, 2);
    assertMatch(text, /^## Gate: smoke: incomplete/);
    put(folder, records(1).slice(1));
    const missing = await gated(folder);
    assertEquals(missing.code, 2);
    assertMatch(missing.text, /\| incomplete \| tiny-div adamw .* 0 of 1 runs are there/);
  }));

Deno.test("hand-edited expectations are refused, hand-edited records are left out", () =>
  inFolder(async (folder) => {
    put(folder, records(2));
    await blessed(folder, "--reason", "first");
    const [record] = fileNames(`${folder}/results`);
    Deno.writeTextFileSync(record, Deno.readTextFileSync(record).replace(/"wallSeconds":[\d.]+/, '"wallSeconds":1'));
    const { code, text } = await gated(folder);
    assertEquals(code, 2);
    assertStringIncludes(text, "its seal does not fit its contents");
    const path = `${folder}/expected/smoke/tiny-div.json`;
    Deno.writeTextFileSync(path, Deno.readTextFileSync(path).replace('"gradientCalls": ', '"gradientCalls": 1'));
    await assertRejects(() => gate.run(flagsIn(folder), catalogue), UsageError, "edited by hand");
  }));

Deno.test("drift is exit code 1, inconclusive 0 and 3 under --strict, with JSON and JUnit beside", () =>
  inFolder(async (folder) => {
    put(folder, records(10));
    await blessed(folder, "--reason", "first");
    Deno.removeSync(`${folder}/results`, { recursive: true });
    const slow = (algorithm: string, seed: number): Partial<MadeUpRun> =>
      algorithm === "pp-conn" ? { seed: 40_000 + seed, generalised: 2 * EPOCHS[seed] } : { seed };
    put(folder, records(6, slow));
    const first = await gated(folder);
    assertEquals(first.code, 0);
    assertMatch(first.text, /3 cells wait for fresh seeds/);
    assertEquals((await gated(folder, "--strict")).code, 3);
    put(folder, records(10, (a, seed) => ({ ...slow(a, seed), seed: a === "pp-conn" ? 1_000_040_000 + seed : seed })));
    const files = ["--gate-json", `${folder}/gate.json`, "--junit", `${folder}/gate.xml`];
    const second = await gated(folder, ...files);
    assertEquals(second.code, 1);
    assertMatch(second.text, /\| drift +\| tiny-add pp-conn /);
    assertEquals(JSON.parse(Deno.readTextFileSync(`${folder}/gate.json`)).verdict, "drift");
    assertMatch(Deno.readTextFileSync(`${folder}/gate.xml`), /<failure message="expected .* found .*ratio/);
  }));

Deno.test("bless refuses without a reason, in a changed tree, records of a changed tree, and to shrink a sample", () =>
  inFolder(async (folder) => {
    put(folder, records(3));
    const flags = flagsIn(folder);
    await assertRejects(() => blessIn(TREE, flags, catalogue), UsageError, "--reason");
    await assertRejects(
      () => blessIn(TREE, [...flags, "--reason", "x", "-s", "0"], catalogue),
      UsageError,
      "unknown flag '-s'",
    );
    await assertRejects(
      () => blessIn({ ...TREE, clean: false }, [...flags, "--reason", "x"], catalogue),
      UsageError,
      "not a clean",
    );
    await blessed(folder, "--reason", "first");
    const before = Deno.readTextFileSync(`${folder}/expected/smoke/tiny-div.json`);
    put(folder, [madeUp({ seed: 9, generalised: 30, dirty: true })]);
    await assertRejects(
      () => blessIn(TREE, [...flags, "--reason", "x"], catalogue),
      UsageError,
      "seed 9 was not made at a clean commit",
    );
    Deno.removeSync(`${folder}/results`, { recursive: true });
    const lines = `${folder}/expected/smoke/records/tiny-div.jsonl`;
    const whole = Deno.readTextFileSync(lines).split("\n");
    const refused = (text: readonly string[], why: string) => {
      Deno.writeTextFileSync(lines, text.join("\n"));
      return assertRejects(() => blessIn(TREE, [...flags, "--reason", "x"], catalogue), UsageError, why);
    };
    await refused(whole.slice(1), `counts ${whole.length - 2} records, there are ${whole.length - 3}: it was cut`);
    await refused(whole.slice(1, -2), "no last line counts its");
    await refused([...whole.slice(1, -2), `{"records":${whole.length - 3}}`], "would lose seed 0");
    assertEquals(Deno.readTextFileSync(`${folder}/expected/smoke/tiny-div.json`), before);
  }));

Deno.test("bless writes nothing where what it would write could not be read again", () =>
  inFolder(async (folder) => {
    put(folder, [...records(3), madeUp({ case: "tiny-add", seed: 0, generalised: 30 })]);
    const reasons: [Tree, string, string][] = [
      [
        { ...TREE, author: "a".repeat(1001) },
        "a test",
        "by must NOT have more than 1000 characters; nothing is written",
      ],
      [TREE, "r".repeat(1001), "--reason has 1001 characters"],
    ];
    for (const [tree, reason, why] of reasons) {
      const asked = [...flagsIn(folder), "--reason", reason];
      await assertRejects(() => blessIn(tree, asked, catalogue), UsageError, why);
    }
    assertEquals(fileNames(folder).filter((path) => path.startsWith(`${folder}/expected/`)), []);
  }));

Deno.test("bless prints the difference it makes and keeps the history", () =>
  inFolder(async (folder) => {
    put(folder, records(3));
    await blessed(folder, "--reason", "first");
    put(folder, [madeUp({ seed: 3, generalised: 50 }), madeUp({ seed: 0, generalised: 44, trajectory: "changed" })]);
    const { text } = await blessed(folder, "--reason", "more seeds");
    assertEquals(text.split("\n").slice(0, -1), [
      "changed  tiny-div adamw: 164 (3 runs) → 176 (4 runs); runs: 1 added, 1 with another trajectory",
    ]);
    const { blessings, cells } = JSON.parse(Deno.readTextFileSync(`${folder}/expected/smoke/tiny-div.json`));
    assertEquals(blessings.map(({ reason }: { reason: string }) => reason), ["first", "more seeds"]);
    assert(cells.length === algorithms.length);
  }));

Deno.test("the leaderboard counts every seed that is there, with intervals, laws and probes, and refuses an empty folder", () =>
  inFolder(async (folder) => {
    const board = (...args: string[]) =>
      said(() => leaderboard.run(["--results", `${folder}/results`, ...args], catalogue));
    await assertRejects(
      () => leaderboard.run(["-p", "smoke", "--results", `${folder}/results`], catalogue),
      UsageError,
      "no records",
    );
    put(folder, records(10));
    const { text } = await board("-p", "smoke", "-c", "tiny-div", "-a", "adamw,adam-l2", "--probes");
    assertMatch(text, /## tiny-div \(seeds 0–9\)/);
    assertMatch(text, /\| adam-l2 +\| 10\/10 grokked \|.*within one evaluation \[1\.00, 1\.00\]/);
    assertStringIncludes(text, "## Norms, distances, steadiness");
    // The accuracy of these runs goes from 0.1 to 1 in one evaluation: no threshold in between changes a time.
    const above = await board("-p", "smoke", "-c", "tiny-div", "--above", "0.5,0.88");
    assertMatch(above.text, /## tiny-div generalisedAbove=0\.5 .*\n[^]*## tiny-div generalisedAbove=0\.88 /);
    assertEquals(above.text.match(/\| adamw .*42 \/ 166/g)?.length, 2);
    await assertRejects(() => board("--above", "88"), UsageError, "expected a test accuracy between 0 and 1");
    const sweep = [1, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7].flatMap((beta) =>
      [0, 1, 2].map((seed) =>
        // Exactly T = 3000·exp(−β/0.2), a little scattered over seeds.
        madeUp({
          case: "add139",
          seed,
          generalised: Math.round(3000 * Math.exp(-beta / 0.2)) + seed,
          overrides: { beta },
        })
      )
    );
    put(folder, sweep);
    const laws = await board("-p", "paper", "-c", "add139", "-a", "adamw");
    assertMatch(laws.text, /## add139: T = B·exp\(−β\/η\)\n/);
    assertMatch(laws.text, /exponential .*eta = 0\.2\d* \[0\.\d+, 0\.\d+\]/);
  }));

Deno.test("a folder of expectations that is not there is refused: nothing would be expected, and all be well", () =>
  inFolder(async (folder) => {
    put(folder, records(3));
    await assertRejects(() => gated(folder), UsageError, "there is no such folder");
  }));

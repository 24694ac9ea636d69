import { assert, assertEquals } from "@std/assert";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { dirname, join } from "node:path";
import { convert } from "xmlbuilder2";
import { blessIn } from "../../src/commands/bless.ts";
import { gate } from "../../src/commands/gate.ts";
import { history } from "../../src/commands/history.ts";
import { join as joinCommand } from "../../src/commands/join.ts";
import { leaderboard } from "../../src/commands/leaderboard.ts";
import { publish } from "../../src/commands/publish.ts";
import { UsageError } from "../../src/errors.ts";
import { readExpectation } from "../../src/gate/expectation.ts";
import { parseRecord } from "../../src/run/record/parse.ts";
import type { RunRecord } from "../../src/run/record/record.ts";
import { sealed } from "../../src/run/record/seal.ts";
import { WatchedFolder } from "../../src/watch/folder.ts";
import { hostileVersionsOf } from "../../tools/torture/hostile.ts";
import { madeUp } from "../support/records.ts";
import { catalogue, fileNames } from "../support/runs.ts";

const GOOD = ["adamw", "ppm"].flatMap((algorithm) =>
  [0, 1].map((seed) => madeUp({ seed, algorithm, generalised: 30 + 10 * seed }))
);

/** What lies where documents are read, and nothing else. */
class Folder {
  readonly root = Deno.makeTempDirSync();
  readonly results = join(this.root, "results");
  readonly expected = join(this.root, "expected");
  readonly out = join(this.root, "out");
  readonly history = join(this.root, "history");

  put(path: string, document: unknown): void {
    Deno.mkdirSync(dirname(path), { recursive: true });
    Deno.writeTextFileSync(path, JSON.stringify(document));
  }

  record(record: RunRecord, name = record.id): void {
    this.put(join(this.results, "tiny-div", record.algorithm, `s${record.seed}-${name}.json`), record);
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.root, { recursive: true });
  }
}

/** A command ends with an exit code or with a refusal in words; what it prints on stdout is returned. */
async function ends(command: () => number | Promise<number>): Promise<string> {
  const lines: string[] = [];
  const { log, error } = console;
  console.log = (line: unknown) => void lines.push(String(line));
  console.error = () => {};
  try {
    assert([0, 1, 2, 3].includes(await command()));
  } catch (thrown) {
    if (!(thrown instanceof UsageError)) throw thrown;
  } finally {
    Object.assign(console, { log, error });
  }
  return lines.join("\n");
}

/** Where words could be obeyed rather than shown. */
function assertHarmless(folder: Folder, stdout: string): void {
  assertEquals(fileNames(folder.root).filter((name) => name.includes("hacked") || name === "x"), []);
  // deno-lint-ignore no-control-regex -- that is what is looked for
  assert(!/[\u0000-\u0008\u000b-\u001f]/.test(stdout), "a control character on stdout");
  for (const name of [...Deno.readDirSync(folder.out)].map((entry) => entry.name)) {
    const path = join(folder.out, name);
    if (name.endsWith(".csv")) {
      const cells: string[] = parse(Deno.readTextFileSync(path)).flat();
      assertEquals(
        cells.filter((cell) => /^[=+\-@\t\r]/.test(cell) && !Number.isFinite(Number(cell)) && cell !== "="),
        [],
      );
    }
    if (name.endsWith(".json")) JSON.parse(Deno.readTextFileSync(path));
    if (name.endsWith(".xml")) convert(Deno.readTextFileSync(path), { format: "object" });
  }
}

function assertHarmlessPages(site: string): void {
  for (const name of fileNames(site).filter((each) => /\.(html|svg|xml)$/.test(each))) {
    const text = Deno.readTextFileSync(name);
    assert(!/<script>alert|<img src=x|href="javascript:/.test(text), `${name} obeys a record`);
  }
}

/** Records that are damaged and yet records: what a schema cannot say is what commands must bear. */
const believed = hostileVersionsOf(GOOD[2]).filter((made) =>
  JSON.stringify(made) !== JSON.stringify(GOOD[2]) && "record" in parseRecord(JSON.stringify(made) ?? "", catalogue)
) as fc.Arbitrary<RunRecord>;

async function inFolder(work: (folder: Folder) => Promise<void>): Promise<void> {
  using folder = new Folder();
  for (const record of GOOD) folder.record(record);
  Deno.mkdirSync(folder.out);
  await work(folder);
}

/** The same under another id, sealed anew. */
function renamed({ seal: _, ...record }: RunRecord, i: number): RunRecord {
  return sealed({ ...record, id: i.toString(16).padStart(16, "0") });
}

/** Says of a failure what it is about. */
async function about(what: unknown, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    throw new Error(`of ${JSON.stringify(what)}`, { cause });
  }
}

Deno.test("a record that somebody made to be believed crashes no command, and is obeyed by none", async () => {
  for (const record of fc.sample(believed, { numRuns: 60, seed: 16 })) {
    await about(record, () =>
      inFolder(async (folder) => {
        folder.record(record, "made");
        const { results, expected, out, root } = folder;
        const read = ["-p", "smoke", "--results", results];
        const told = [
          await ends(() =>
            leaderboard.run([
              ...read,
              ...["csv", "json", "markdown"].flatMap((form) => [`--export-${form}`, join(out, `board.${form}`)]),
            ], catalogue)
          ),
          await ends(() =>
            blessIn({ clean: true, commit: "c0ffee0000", author: "a test" }, [
              ...read,
              "--expected",
              expected,
              "--reason",
              "a test",
            ], catalogue)
          ),
          await ends(() =>
            gate.run([
              ...read,
              ...["--expected", expected, "--gate-json", join(out, "gate.json"), "--junit", join(out, "gate.xml")],
              ...["--issue-json", join(out, "issue.json")],
            ], catalogue)
          ),
          await ends(() => joinCommand.run([...read, "--joined", join(root, "joined")], catalogue)),
        ];
        new WatchedFolder(results, { cases: [], algorithms: [] }, catalogue).snapshot(Date.now());
        assertHarmless(folder, told.join("\n"));
      }));
  }
});

Deno.test("nor do the pages of the site", async () => {
  const made = fc.sample(believed, { numRuns: 24, seed: 17 });
  for (const records of [made.slice(0, 12), made.slice(12)]) {
    await about(records, () =>
      inFolder(async (folder) => {
        // Runs of their own, or only the newest would be seen.
        records.forEach((record, i) => folder.record(renamed(record, i), `made${i}`));
        const site = join(folder.root, "site");
        const told = await ends(() =>
          publish.run(["-p", "smoke", "--results", folder.results, "--out", site], catalogue)
        );
        assertHarmless(folder, told);
        assertHarmlessPages(site);
      }));
  }
});

Deno.test("an expectation or a judgement that somebody made to be believed is refused, or judged by", async () => {
  await inFolder(async (folder) => {
    const { results, expected, out } = folder;
    const read = ["-p", "smoke", "--results", results, "--expected", expected];
    const tree = { clean: true, commit: "c0ffee0000", author: "a test" };
    await ends(() => blessIn(tree, [...read, "--reason", "a test"], catalogue));
    const path = join(folder.history, "gate.json");
    await ends(() => gate.run([...read, "--gate-json", join(out, "gate.json")], catalogue));
    const judgement = JSON.parse(Deno.readTextFileSync(join(out, "gate.json")));
    const expectation = readExpectation("smoke", "tiny-div", expected)!;
    const versions = fc.tuple(
      hostileVersionsOf({ ...expectation, cells: expectation.cells.slice(0, 2) }),
      hostileVersionsOf({ ...judgement, findings: judgement.findings.slice(0, 2) }),
    );
    for (const [expectation, judgement] of fc.sample(versions, { numRuns: 60, seed: 16 })) {
      folder.put(join(expected, "smoke", "tiny-div.json"), expectation);
      folder.put(path, judgement);
      await about([expectation, judgement], async () => {
        await ends(() => gate.run(read, catalogue));
        assertHarmless(folder, await ends(() => history.run(["--history", folder.history], catalogue)));
      });
    }
  });
});

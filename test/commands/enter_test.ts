import { assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import type { Catalogue } from "../../src/catalogue/catalogue.ts";
import { enter } from "../../src/commands/enter.ts";
import { UsageError } from "../../src/errors.ts";
import { algorithmText, writePlugin } from "../support/plugins.ts";
import { catalogue, cli, fileNames, recordNames } from "../support/runs.ts";

const TINY = { modulus: 11, batchSize: 16, generalisedAbove: 0.05, extraEpochs: 1, maxEpochs: 8 };
const PROBLEM = { case: "tiny-div", overrides: TINY, measured: TINY };
const small: Catalogue = {
  ...catalogue,
  tuning: { problems: [PROBLEM], seeds: [1000, 1001], searches: { "tiny-div": { "adam-l2": { found: {} } } } },
};
const SEARCH = "search: { scale: { low: 0.1, high: 2 } },";

/** What the command prints, and its exit code. */
async function printed(args: readonly string[]): Promise<[number, string]> {
  const lines: string[] = [];
  const { log } = console;
  console.log = (line: string) => void lines.push(line);
  try {
    return [await enter.run(args, small), lines.join("\n")];
  } finally {
    console.log = log;
  }
}

/** Works in a folder of its own, which goes afterwards. */
async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = Deno.makeTempDirSync();
  try {
    await work(folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

const modified = (results: string) => recordNames(results).map((path) => Deno.statSync(path).mtime!.getTime());

Deno.test("enter goes from a file to a page: constants, place, control; and does no run twice", () =>
  inFolder(async (folder) => {
    const [results, others] = [`${folder}/results`, `${folder}/others`];
    const sets = Object.entries(TINY).flatMap(([name, value]) => ["--set", `${name}=${value}`]);
    const known = ["-c", "tiny-div", "-a", "adam-l2", "-s", "0..4", ...sets, "--no-gate", "--results", others];
    assertEquals((await cli(["bench", ...known])).code, 0);
    const file = writePlugin(folder, "mine.ts", algorithmText("mine", SEARCH));
    const page = `${folder}/page.md`;
    const args = [file, "--budget", "6", "--results", results, "--with", others, "--export-markdown", page];
    const [code, first] = await printed(args);
    assertEquals(code, 0);
    assertEquals(first, Deno.readTextFileSync(page));
    assertMatch(first, /\| `tiny-div` \| (scale=[\d.]+|its own constants) +\| +\d+ \(5\/5\) \| +– \| /);
    assertMatch(first, /of 3 settings generalised with every seed of the search; best: (scale|its own constants)/);
    assertStringIncludes(first, "where every other method has had 24");
    assertMatch(first, /`mine` would stand at place [12] of 2\.\n(Before|After) it stands `adam-l2`: /);
    assertMatch(first, /\| +[12] +\| `adam-l2` +\| its own constants +\| +\d+ \(5\/5\) \|.*\| (faster|slower|tie) +\|/);
    assertMatch(
      first,
      /Over its control `adamw`, with the constants that both have: .* So (its trick|nothing is shown)/,
    );
    assertStringIncludes(first, "deno task canary:reference tiny-div -a mine");
    assertMatch(first, new RegExp(`\n${recordNames(results).length} runs, \\d+ seconds of training\\.`));
    const times = modified(results);
    assertEquals(await printed(args), [0, first]);
    assertEquals(modified(results), times);
    const [, plan] = await printed([...args, "--dry-run"]);
    assertEquals(plan.match(/\tfinished/g)?.length, plan.split("\n").length);
  }));

Deno.test("the page says where there is nobody beside a method, and that without a control nothing is attributed", () =>
  inFolder(async (folder) => {
    const file = writePlugin(folder, "mine.ts", algorithmText("mine", `${SEARCH} control: null,`));
    const args = [file, "--budget", "2", "-s", "0,1", "--results", `${folder}/results`];
    const [code, page] = await printed(args);
    assertEquals(code, 0);
    assertStringIncludes(page, "Nobody to stand beside: expected/tuned/records has no records of a tuned method here");
    assertStringIncludes(page, "It has no control, so nothing can be attributed to its trick.");
    assertStringIncludes(page, "\n4 runs, ");
  }));

Deno.test("there is no page while runs are missing, and nothing is measured", () =>
  inFolder(async (folder) => {
    const fails =
      'phases: (h) => { if (h.scale !== 0.5) throw new Error("no"); return [single("train", adamw(h), end)]; },';
    const file = writePlugin(folder, "mine.ts", algorithmText("mine", `${SEARCH} ${fails}`));
    const args = [file, "--budget", "4", "--results", `${folder}/results`, "--export-markdown", `${folder}/page.md`];
    assertEquals(await printed(args), [2, ""]);
    assertEquals(fileNames(folder).filter((path) => path.endsWith("page.md")), []);
    assertEquals(recordNames(`${folder}/results`).length, 2);
  }));

const two = `${algorithmText("mine", SEARCH)}\nexport const other = { ...mine, id: "other" };\n`;
const aCase = `import { modularCase } from "SRC/../bench/cases/modular.ts";
export const own = modularCase({ id: "own", summary: "of a test", source: "a test" }, { modulus: 11 });\n`;

for (
  const [what, text, more, message] of [
    ["a file without an algorithm", aCase, [], "the file exports no algorithm (defineAlgorithm)"],
    ["a method without ranges", algorithmText("mine"), [], "'mine' declares no 'search'"],
    ["two methods", two, [], "'mine', 'other' declare a 'search'; leave it to the one that is entered"],
    [
      "a seed of the search",
      algorithmText("mine", SEARCH),
      ["-s", "0,1000"],
      "--seed 1000: the search is on that seed",
    ],
    ["a case that is not tuned on", algorithmText("mine", SEARCH), ["-c", "div97"], "problem to tune on 'div97' is"],
    ["a second argument", algorithmText("mine", SEARCH), ["ppm"], "enter takes the file of one method, not '"],
    ["others that are not there", algorithmText("mine", SEARCH), ["--with", "test/plugins"], "there are no records"],
  ] as const
) {
  Deno.test(`enter refuses ${what} in one line and trains nothing`, () =>
    inFolder(async (folder) => {
      const file = writePlugin(folder, "mine.ts", text);
      const args = [file, "--results", `${folder}/results`, ...more];
      const { message: found } = await assertRejects(() => enter.run(args, small), UsageError);
      assertStringIncludes(found, message);
      assertEquals(found.split("\n").length, 1);
      assertEquals(fileNames(folder).filter((path) => !path.endsWith("mine.ts")), []);
    }));
}

for (
  const [what, args, message] of [
    ["no file", [], "enter takes the file of one method, not nothing; give its path, e.g. ./mine.ts"],
    ["a name in place of a file", ["ppm"], "enter takes the file of one method, not 'ppm'"],
    ["a flag of other commands", ["./mine.ts", "--set", "sigma=3"], "unknown flag '--set'"],
  ] as const
) {
  Deno.test(`enter refuses ${what} with exit code 2`, async () => {
    const { code, stderr } = await cli(["enter", ...args]);
    assertEquals([code, stderr.trim().split("\n").length], [2, 1]);
    assertStringIncludes(stderr, message);
  });
}

import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { cpSync, renameSync } from "node:fs";
import { deno } from "../../src/child.ts";
import { snapshot } from "../../tools/audit/tree.ts";
import { cli } from "../support/runs.ts";
import { exampleOf, textOf, writeFiles } from "./guide.ts";

const algorithm = exampleOf("Your algorithm in five minutes");
const ownCase = exampleOf("Your case in ten lines");
const ownProbe = exampleOf("Your probe");
const tree = exampleOf("Into the tree");

/** Does what a command of the guide says, as it stands there. */
async function follow(line: string, cwd: string): Promise<string> {
  const [program, ...args] = line.split(" ");
  assertEquals(program, "deno");
  // A task inside a task keeps the outer one's INIT_CWD; whoever follows the guide has none.
  const output = await deno({ args, cwd, env: { NO_COLOR: "1", INIT_CWD: cwd } }).output();
  const said = new TextDecoder().decode(output.stdout) + new TextDecoder().decode(output.stderr);
  assert(output.success, `${line}\n${said}`);
  return said;
}

/** Works in a copy of the project, `driven-hunt`, that has the plug-ins of the guide beside it, and a folder with all files. */
async function besideTheProject(work: (project: string, own: string) => Promise<void>): Promise<void> {
  const folder = Deno.makeTempDirSync();
  const project = `${folder}/driven-hunt`;
  try {
    renameSync(snapshot(undefined, undefined, folder), project);
    for (const part of ["tools", "mod.ts"]) cpSync(part, `${project}/${part}`, { recursive: true });
    Deno.mkdirSync(`${folder}/own`);
    for (const example of [algorithm, ownCase, ownProbe]) writeFiles(example, `${folder}/own`);
    for (const name of ["mine.ts", "my_case.ts", "my_probe.ts"]) cpSync(`${folder}/own/${name}`, `${folder}/${name}`);
    await work(project, `${folder}/own`);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

const commandIn = ({ commands }: typeof algorithm, start: string): string => {
  const found = commands.filter((line) => line.startsWith(start));
  assertEquals(found.length, 1, start);
  return found[0];
};

Deno.test("the guide's algorithm, its commands, its program and its case do what the guide says", () =>
  besideTheProject(async (project, own) => {
    const files = ["mine.ts", "my_case.ts", "my_probe.ts"].map((name) => `../${name}`);
    await follow(`deno fmt --check --line-width 120 ${files.join(" ")}`, project);
    await follow(`deno lint ${files.join(" ")}`, project);
    await follow(`deno check ${files.join(" ")}`, project);
    await follow("deno check script.ts", own);
    const board = await follow(commandIn(algorithm, "deno task bench -c tiny-glyphs -a adamw,"), project);
    assertMatch(board, /\| slow-gradient weightDecay=0\.3 \| \d\/5 grokked .*\d× \[/);
    const grid = await follow(commandIn(algorithm, "deno task bench -c tiny-glyphs -a ../mine.ts"), project);
    for (const settings of ["alpha=0.8 amplify=1", "alpha=0.9 amplify=5"]) {
      assertStringIncludes(grid, `slow-gradient ${settings}`);
    }
    assertStringIncludes(grid, "attribution of slow-gradient its control adamw");
    assertStringIncludes(await follow(commandIn(algorithm, "deno task list"), project), "amplify = 2");
    // Cut short: that the others are beside it is what is looked at.
    const beside = await follow(`${commandIn(algorithm, "deno task bench -c div113")} --max-epochs 3`, project);
    assertMatch(beside, /\| adamw-tuned +\| 4\/4 grokked/);
    assertMatch(
      await follow(commandIn(algorithm, "deno task leaderboard"), project),
      /\| slow-gradient +\| 1\/1 censored/,
    );
    assertMatch(await follow(commandIn(algorithm, "deno run -A"), own), /^grokked \d+$/m);
    assertMatch(
      await follow(commandIn(ownCase, "deno task bench"), project),
      /## mul97 .*\n\n.*\n.*\n\| adamw-tuned \| 1\/1/,
    );
    // Told apart from the run without a probe, which may be there already.
    await follow(`${commandIn(ownProbe, "deno task bench")} --results probed`, project);
    const [record] = [...Deno.readDirSync(`${project}/probed/tiny-glyphs/adamw`)].map(({ name }) => name);
    const { curve } = JSON.parse(Deno.readTextFileSync(`${project}/probed/tiny-glyphs/adamw/${record}`));
    assert(Math.abs(curve.epochs.cosineToStart[0] - 1) < 1e-5 && curve.epochs.cosineToStart.at(-1) < 1);
  }));

Deno.test("the table that the guide reads is what its command prints", async () => {
  const text = textOf("Read the results");
  const [, command] = /`deno task (leaderboard .+?)`/s.exec(text)!;
  const { code, stdout } = await cli(command.split(/\s+/));
  assertEquals(code, 0);
  const cells = (row: string) => row.split("|").map((cell) => cell.trim()).join("|");
  const rows = (table: string) => table.split("\n").filter((line) => /^\| [a-z]/.test(line)).map(cells);
  assertEquals(rows(text), rows(stdout));
  assert(rows(text).length > 3);
});

/** The float64 half of the example needs PyTorch, which tests have only where PEER_PYTHON names one. */
const python = Deno.env.get("PEER_PYTHON");
Deno.test({
  name: "the guide's oracle: PyTorch follows the method, and the suite follows PyTorch",
  ignore: !python,
  fn: () =>
    besideTheProject(async (project, own) => {
      // Of a plug-in the oracle lies beside it; a case with few canaries stands for the one of the guide.
      Deno.writeTextFileSync(`${own}/../slow_gradient.py`, tree.files["bench/peers/oracles/slow_gradient.py"]);
      const reference = commandIn(tree, "PEER_PYTHON=").replace("PEER_PYTHON=python3 ", "");
      const ofPlugin = (line: string) =>
        line.replace("tiny-div", "tiny-glyphs").replace("-a slow-gradient", "-a ../mine.ts");
      await follow(ofPlugin(reference), project);
      const said = await follow(ofPlugin(commandIn(tree, "deno task canary -c")), project);
      assertStringIncludes(said, "tiny-glyphs slow-gradient: reproduced");
    }),
});

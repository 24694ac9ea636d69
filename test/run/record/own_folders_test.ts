import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../../src/errors.ts";
import { cli, fileNames, storeIn } from "../../support/runs.ts";

/** What may lie where a results folder has a folder of its own. */
const IN_THE_WAY: Readonly<Record<string, (path: string) => void>> = {
  "a file": (path) => Deno.writeTextFileSync(path, "kept"),
  "a link to nowhere": (path) => Deno.symlinkSync("nowhere/at/all", path),
  "a ring of links": (path) => Deno.symlinkSync(path, path),
};

for (const [what, put] of Object.entries(IN_THE_WAY)) {
  for (const name of [".checkpoints", ".aside"]) {
    Deno.test(`${what} where ${name} belongs is refused before any work, and left as it is`, () => {
      const folder = Deno.makeTempDirSync();
      put(`${folder}/${name}`);
      const { message } = assertThrows(
        () => storeIn(folder).prepare(),
        UsageError,
        `'${folder}/${name}/file' cannot be`,
      );
      assertEquals(message.split("\n").length, 1);
      assertEquals(fileNames(folder), [`${folder}/${name}`]);
      Deno.removeSync(folder, { recursive: true });
    });
  }
}

Deno.test("folders that cannot be written are refused, those of another bench are taken", () => {
  const folder = Deno.makeTempDirSync();
  storeIn(folder).prepare();
  Deno.mkdirSync(`${folder}/.checkpoints`);
  storeIn(folder).prepare();
  assertEquals(fileNames(folder), []);
  Deno.chmodSync(`${folder}/.checkpoints`, 0o555);
  if (Deno.uid() === 0) console.log("skipped: a folder without permission is none for the superuser");
  else assertThrows(() => storeIn(folder).prepare(), UsageError, "a checkpoint in the results folder");
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("a bench on such a folder trains nothing, and who reads it has nothing to complain of", async () => {
  const folder = Deno.makeTempDirSync();
  Deno.writeTextFileSync(`${folder}/.checkpoints`, "kept");
  const plan = ["-c", "tiny-add", "-a", "adamw", "-s", "0", "--max-epochs", "3", "--results", folder];
  const bench = await cli(["bench", ...plan]);
  assertEquals([bench.code, bench.stdout], [2, ""]);
  const line = `a checkpoint in the results folder '${folder}/.checkpoints/file' cannot be written: `;
  assertEquals(bench.stderr.split("\n").map((each) => each.slice(0, 7 + line.length)), [`error: ${line}`, ""]);
  const watch = await cli(["watch", "--once", "--results", folder], {}, "watch");
  assertEquals([watch.code, watch.stderr], [0, ""]);
  const gate = await cli(["gate", "-p", "smoke", "--results", folder], {}, "gate");
  assertEquals([gate.code, gate.stderr], [2, ""]);
  const board = await cli(["leaderboard", "-p", "smoke", "--results", folder], {}, "gate");
  assertEquals([board.code, board.stderr], [
    2,
    `error: leaderboard: no records of profile 'smoke' in ${folder}; run 'deno task bench' first\n`,
  ]);
  assertEquals(fileNames(folder), [`${folder}/.checkpoints`]);
  Deno.removeSync(folder, { recursive: true });
});

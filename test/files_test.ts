import { assert, assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../src/errors.ts";
import { assertWritable, linesIn, readIfThere, removeAbandoned, writeAtomically } from "../src/files.ts";
import { fileNames } from "./support/runs.ts";

function inFolder(test: (folder: string) => void): void {
  const folder = Deno.makeTempDirSync();
  try {
    test(folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

Deno.test("a file is replaced as a whole, and a link goes on leading where it led", () =>
  inFolder((folder) => {
    Deno.mkdirSync(`${folder}/there`);
    writeAtomically(`${folder}/there/file`, "old");
    Deno.symlinkSync(`${folder}/there/file`, `${folder}/link`);
    writeAtomically(`${folder}/link`, "new");
    assertEquals(Deno.readTextFileSync(`${folder}/there/file`), "new");
    assert(Deno.lstatSync(`${folder}/link`).isSymlink);
    assertEquals(fileNames(`${folder}/there`).length, 1);
  }));

Deno.test("what is no regular file is refused as an output, and left alone", () => {
  assertThrows(() => assertWritable("--export-json", "/dev/null"), UsageError, "no regular file");
  assert(Deno.statSync("/dev/null").isCharDevice);
});

Deno.test("what would be read for ever is refused as an input", () => {
  assertThrows(() => readIfThere("/dev/zero"), UsageError, "no regular file");
  assertEquals(readIfThere("/nowhere/at/all"), null);
});

Deno.test("temporary files are removed when they are old, not while someone may be writing them", () =>
  inFolder((folder) => {
    const name = (n: number) => `${folder}/deep/.run.tmp-${crypto.randomUUID().slice(0, -1)}${n}`;
    Deno.mkdirSync(`${folder}/deep`);
    const [old, young] = [name(1), name(2)];
    for (const path of [old, young, `${folder}/deep/run`]) Deno.writeTextFileSync(path, "");
    Deno.utimeSync(old, new Date(0), new Date(0));
    removeAbandoned(folder);
    assertEquals(fileNames(folder), [young, `${folder}/deep/run`].sort());
    removeAbandoned(`${folder}/nowhere`);
  }));

Deno.test("lines are read a piece at a time, and letters that lie across two pieces stay whole", () => {
  const folder = Deno.makeTempDirSync();
  try {
    const lines = ["first", "", "é".repeat(700_000), "x" + "鹿".repeat(800_000), "last"];
    for (const [begin, end] of [["", ""], ["\uFEFF", "\n"]]) {
      Deno.writeTextFileSync(`${folder}/lines`, begin + lines.join("\n") + end);
      assertEquals([...linesIn(`${folder}/lines`)], end ? [...lines, ""] : lines);
    }
    Deno.writeTextFileSync(`${folder}/lines`, "");
    assertEquals([...linesIn(`${folder}/lines`)], [""]);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

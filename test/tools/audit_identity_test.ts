import { assertEquals } from "@std/assert";
import { catalogue } from "../../bench/mod.ts";
import { deno } from "../../src/child.ts";
import { pooled } from "../../src/pool.ts";
import { faulty, mutants } from "../../tools/audit/mutants/mod.ts";
import { inCopy, snapshot } from "../../tools/audit/tree.ts";
import { fingerprints } from "./fingerprints.ts";

const before = await fingerprints();
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** Fingerprints by the code of a copy of the project; null where that code cannot say any. */
async function inside(folder: string): Promise<string[] | null> {
  Deno.mkdirSync(`${folder}/test/tools`, { recursive: true });
  Deno.copyFileSync("test/tools/fingerprints.ts", `${folder}/test/tools/fingerprints.ts`);
  const args = ["run", "--no-check", "-A", "test/tools/fingerprints.ts"];
  const { success, stdout } = await deno({ args, cwd: folder, env: { NO_COLOR: "1" } }).output();
  return success ? JSON.parse(decode(stdout)) : null;
}

const moved = (after: readonly string[] | null) => after === null || after.some((one, i) => one !== before[i]);

/** Bugs that need not be seen so. */
const UNSEEN = [
  // Of data that the repository does not have.
  "normalised-twice",
  // Of what a record says of its run, which is told again from the curve whenever it is read.
  "steadiness-with-crossing",
];

Deno.test("whatever bug the audit knows, records from before it are not taken for what the code with it would make", async () => {
  const base = snapshot();
  try {
    const unseen: string[] = [];
    await pooled([null, ...mutants], 2, async (mutant) => {
      const after = mutant && "fault" in mutant
        ? await fingerprints(faulty(catalogue, mutant.id))
        : await inCopy(base, mutant, inside);
      if (mutant === null) assertEquals(after, before);
      else if (!moved(after)) unseen.push(mutant.id);
    });
    assertEquals(unseen.sort(), UNSEEN);
  } finally {
    Deno.removeSync(base, { recursive: true });
  }
});

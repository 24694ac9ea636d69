import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ourselves } from "../../src/child.ts";
import { stream } from "../../src/data/stream.ts";
import { sealed } from "../../src/run/record/seal.ts";
import { copy } from "../../tools/audit/tree.ts";
import { DAMAGES } from "../../tools/torture/damage.ts";
import { drawn, FAULTS } from "../../tools/torture/faults.ts";
import { Scene } from "../../tools/torture/scene.ts";
import { SEALED_FOLDERS, SealedFiles } from "../../tools/torture/sealed_files.ts";
import { madeUp } from "../support/records.ts";
import { catalogue, storeIn, trialOf } from "../support/runs.ts";

const EXPECTED = fileURLToPath(new URL("../../expected", import.meta.url));

Deno.test("a plan of faults is the same for a seed, another for another, and has every kind", () => {
  const plan = (seed: number) => drawn(400, stream(seed, "torture", "128-bit"), FAULTS).map(({ kind }) => kind);
  assertEquals(plan(1), plan(1));
  assert(plan(1).join() !== plan(2).join());
  assertEquals(new Set(plan(1)), new Set(FAULTS.map(({ kind }) => kind)));
});

Deno.test("files of expectations that are damaged in any way are refused, or say what they said", () => {
  const root = Deno.makeTempDirSync();
  for (const folder of SEALED_FOLDERS) copy(join(EXPECTED, folder), join(root, folder));
  const files = new SealedFiles(root, catalogue);
  const random = stream(0, "torture", "128-bit");
  for (const folder of SEALED_FOLDERS) {
    for (const kind of Object.keys(DAMAGES)) assertEquals(files.damage(folder, kind, random), []);
  }
  Deno.removeSync(root, { recursive: true });
});

Deno.test("a record that is taken for something else, goes or comes again otherwise is noticed", () => {
  const root = Deno.makeTempDirSync();
  const scene = new Scene(root, catalogue);
  const made = madeUp({ seed: 0, generalised: 40 });
  const path = storeIn(scene.results).save(trialOf("tiny-div", "adamw"), made);
  const write = (record: object) => Deno.writeTextFileSync(path, JSON.stringify(record));
  // Nothing was run undisturbed, so whatever is there differs from it.
  assertEquals(scene.inspect(), { lost: [], differing: [path] });
  const { seal: _, ...open } = made;
  assertEquals(scene.damage(path, () => write(open)), [], "what has no seal is not taken");
  assertEquals(scene.inspect().lost, [], "what was damaged is not missed");
  write(made);
  scene.inspect();
  assertEquals(scene.damage(path, () => write(sealed({ ...open, parameters: 11 }))), [path]);
  scene.inspect();
  Deno.removeSync(path);
  assertEquals(scene.inspect(), { lost: [path], differing: [] });
  Deno.removeSync(root, { recursive: true });
});

Deno.test("benches that are killed and files that are damaged lose nothing, and the same runs come of them", async () => {
  const file = Deno.makeTempFileSync();
  const args = ["--faults", "5", "--kinds", "everything killed,flip,truncation", "--documents", "0", "--seed", "5"];
  const asked = [...args, "--json", file];
  const output = await ourselves({ module: "tools/torture/main.ts", permissions: "torture", args: asked }).output();
  const said = new TextDecoder().decode(output.stderr);
  if (output.code === 2 && said.includes("it needs a Linux with them")) {
    console.warn(`SKIPPED: ${said.trim()}`);
  } else {
    assertEquals(output.code, 0, said);
    const { faults, lost, differing, accepted, hung, injuries } = JSON.parse(Deno.readTextFileSync(file));
    assertEquals({ code: output.code, faults, lost, differing, accepted, hung, injuries }, {
      code: 0,
      faults: 5,
      lost: 0,
      differing: 0,
      accepted: 0,
      hung: 0,
      injuries: [],
    });
  }
  Deno.removeSync(file);
});

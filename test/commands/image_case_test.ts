import { assertEquals, assertStringIncludes } from "@std/assert";
import { mnistManifest } from "../../src/data/manifest.ts";
import { IMAGE_CASES } from "../../bench/profiles/mod.ts";
import { parseBench } from "../../src/commands/options.ts";
import { planOfRecords, planToRun } from "../../src/commands/plan.ts";
import { chooseImageCase } from "../../src/commands/image_case.ts";

/** What is chosen, what is said, and how long an answer of the network would be waited for, in milliseconds. */
async function chosenWith(folder: string): Promise<{ id: string; said: string; limits: number[] }> {
  const before = Deno.env.get("DRIVEN_HUNT_DATA");
  Deno.env.set("DRIVEN_HUNT_DATA", folder);
  const said: string[] = [];
  const limits: number[] = [];
  const { setTimeout } = globalThis;
  globalThis.setTimeout = ((act: () => void, ms: number) => {
    limits.push(ms);
    return setTimeout(act, ms);
  }) as typeof setTimeout;
  try {
    const id = await chooseImageCase({ download: true, say: (line) => said.push(line) });
    return { id, said: said.join("\n"), limits };
  } finally {
    globalThis.setTimeout = setTimeout;
    if (before === undefined) Deno.env.delete("DRIVEN_HUNT_DATA");
    else Deno.env.set("DRIVEN_HUNT_DATA", before);
  }
}

Deno.test("without data and network the image case is glyphs1k, said aloud, and nobody is waited for longer than 5 s", async () => {
  // Tests may reach 127.0.0.1 only, so the mirrors are out of reach here whatever the network.
  const folder = Deno.makeTempDirSync();
  const { id, said, limits } = await chosenWith(folder);
  assertEquals(id, "glyphs1k");
  assertStringIncludes(said, "glyphs1k");
  assertEquals(limits, [5000]);
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("with the data there the image case is mnist1k, said aloud", async () => {
  const folder = Deno.makeTempDirSync();
  for (const { name, bytes } of Object.values(mnistManifest.files)) {
    // Of a plausible size: which is all that is asked before a run verifies them.
    Deno.writeFileSync(`${folder}/${name}.gz`, new Uint8Array(Math.ceil(bytes / 4)));
  }
  const { id, said } = await chosenWith(folder);
  assertEquals(id, "mnist1k");
  assertStringIncludes(said, "mnist1k");
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("an image case that is asked for by name keeps what the profile sets for it, in bench as in the gate", async () => {
  for (const id of IMAGE_CASES) {
    const choice = { ...parseBench(["-c", id, "-a", "adamw", "-s", "0", "--dry-run"]), help: false };
    const { plan } = await planToRun(choice);
    assertEquals(plan.map(({ spec }) => spec.overrides), [{ evalEvery: 10, extraEpochs: 30 }]);
    for (const image of IMAGE_CASES) {
      assertEquals(
        planOfRecords(choice, image).plan.map((t) => t.id),
        plan.map((t) => t.id),
      );
    }
  }
});

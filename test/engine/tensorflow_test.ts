import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { EngineUnavailable, engineVersions, startEngine } from "../../src/engine/mod.ts";
import { buildTensorflow } from "../../src/engine/tensorflow/build.ts";
import { UsageError } from "../../src/errors.ts";

const VARIABLE = "DRIVEN_HUNT_TENSORFLOW";

/** Runs a test with builds in a folder of its own. */
async function withBuildsIn(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = Deno.makeTempDirSync();
  const before = Deno.env.get(VARIABLE);
  Deno.env.set(VARIABLE, folder);
  try {
    await test(folder);
  } finally {
    before === undefined ? Deno.env.delete(VARIABLE) : Deno.env.set(VARIABLE, before);
    Deno.removeSync(folder, { recursive: true });
  }
}

Deno.test("an engine that is not there says so in one line, with what to do", () =>
  withBuildsIn(async () => {
    for (const id of ["tensorflow", "tensorflow-gpu"]) {
      const error = await assertRejects(() => startEngine(id), EngineUnavailable);
      assertEquals(error.message.split("\n").length, 1);
      assertStringIncludes(error.message, `engine '${id}'`);
    }
  }));

Deno.test("a damaged build is no engine; what it would compute with is part of what names a run", () =>
  withBuildsIn(async (folder) => {
    Deno.mkdirSync(`${folder}/gpu`);
    Deno.writeTextFileSync(`${folder}/gpu/manifest.json`, JSON.stringify({ libtensorflow: "2.21.0" }));
    assertEquals("libtensorflow" in engineVersions("tensorflow-gpu"), false);
    Deno.writeTextFileSync(`${folder}/gpu/tfjs_binding.node`, "no library");
    await assertRejects(() => startEngine("tensorflow-gpu"), EngineUnavailable, "cannot be loaded");
    assertEquals(engineVersions("tensorflow-gpu").libtensorflow, "2.21.0");
    assertEquals("libtensorflow" in engineVersions("tensorflow"), false);
  }));

Deno.test("a build that cannot work is refused before anything is replaced, and leaves nothing behind", () =>
  withBuildsIn(async (folder) => {
    Deno.mkdirSync(`${folder}/cpu`);
    Deno.writeTextFileSync(`${folder}/cpu/manifest.json`, "an older build");
    const build = () => buildTensorflow("cpu", { folder }, () => {});
    await assertRejects(build, UsageError, "has no include/tensorflow/c/eager/c_api.h");
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["cpu"]);
    assertEquals(Deno.readTextFileSync(`${folder}/cpu/manifest.json`), "an older build");
  }));

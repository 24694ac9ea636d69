import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { deno, ourselves } from "../../src/child.ts";
import type { Survey } from "../../tools/survey/survey.ts";

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

async function survey(...args: string[]) {
  const { code, stdout, stderr } = await ourselves({
    module: "tools/survey/main.ts",
    permissions: "survey",
    starts: true,
    args: ["-e", "onnx", ...args],
    env: { NO_COLOR: "1" },
  }).output();
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

Deno.test("a survey writes what each step has measured, and goes on after one that fails", async () => {
  const folder = Deno.makeTempDirSync();
  const out = `${folder}/survey.json`;
  const night = "-c tiny-glyphs -a adamw -s 0,1 --set maxEpochs=3 --no-cache --broken";
  const broken = await survey("-c", "tiny-add", `--night=${night}`, "--only", "night,machine", "--out", out);
  assertEquals(broken.code, 1, broken.stderr);
  const first: Survey = JSON.parse(Deno.readTextFileSync(out));
  assertEquals(first.nights, []);
  assertStringIncludes(first.steps.at(-1)!.failure!, "unknown flag '--broken'");
  assert(first.machine!.cores > 0);

  const args = ["-c", "tiny-add", `--night=${night.replace(" --broken", "")}`, "--only", "night,at once", "--out", out];
  const whole = await survey(...args);
  assertEquals(whole.code, 0, whole.stderr);
  const { nights: [one], timings, steps }: Survey = JSON.parse(Deno.readTextFileSync(out));
  assertEquals([one.engine, one.runs], ["onnx", 2]);
  assert(one.steps > 0 && one.seconds > 0);
  assertEquals(timings.map(({ case: id, what, lanes }) => [id, what, lanes]), [
    ["tiny-add", "step", 1],
    ["tiny-add", "evaluate", 1],
    ["tiny-add", "epoch", 1],
  ]);
  assertEquals(steps.map(({ failure }) => failure), [null, null]);
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("a survey refuses a step that there is none of, and no place to write to", async () => {
  const { code, stderr } = await survey("--only", "dusk", "--out", "x.json");
  assertEquals(code, 2);
  assertStringIncludes(stderr, "--only 'dusk': no step has that in its name; see --list");
  assertStringIncludes((await survey()).stderr, "where to? Give --out FILE");
});

Deno.test({
  name: "what survey:bundle packs runs with an empty home and nothing else of Deno's on the machine",
  ignore: Deno.build.os !== "linux" || Deno.build.arch !== "x86_64",
  async fn() {
    const folder = Deno.makeTempDirSync();
    const packed = await ourselves({
      module: "tools/survey/bundle.ts",
      permissions: "bundle",
      starts: true,
      args: ["--out", `${folder}/bundle`],
    }).output();
    assert(packed.success, text(packed.stderr));
    Deno.mkdirSync(`${folder}/home`);
    // As its script has it.
    const out = `${folder}/out.json`;
    const { success, stderr } = await deno({
      args: ["task", "survey", "--out", out, "--commit", "x", "-e", "onnx", "-c", "tiny-add", "--only", "machine,once"],
      cwd: `${folder}/bundle/suite`,
      // Nobody answers there: whatever is not in the bundle is missed.
      env: {
        HOME: `${folder}/home`,
        DENO_DIR: `${folder}/bundle/cache`,
        HTTP_PROXY: "http://127.0.0.1:9",
        HTTPS_PROXY: "http://127.0.0.1:9",
        NO_COLOR: "1",
      },
    }).output();
    assert(success, text(stderr));
    const { commit, timings }: Survey = JSON.parse(Deno.readTextFileSync(out));
    assertEquals([commit, timings.length], ["x", 3]);
    assertEquals([...Deno.readDirSync(`${folder}/home`)].map(({ name }) => name), []);
    Deno.removeSync(folder, { recursive: true });
  },
});

import { assert, assertEquals } from "@std/assert";
import { adviceOn, TESTED } from "../src/deno_version.ts";
import { ourselves } from "../src/child.ts";

Deno.test("the Deno that the suite is tested with is not spoken of, another one in one line", () => {
  assertEquals(adviceOn(TESTED), null);
  const give = `npx -y deno@${TESTED} task …`;
  for (const version of ["2.9.0", "2.9.5", "2.9.7", "2.10.0", "3.0.0", "2.9.6+abc1234"]) {
    const line = `this is Deno ${version}; the suite is tested with ${TESTED}: ${give}`;
    assertEquals(adviceOn(version), { line, isTooOld: false });
  }
  for (const version of ["1.46.3", "2.4.0", "2.5.0", "2.8.9", "2.8.0-rc.1"]) {
    const line = `error: this is Deno ${version}, which cannot load the suite: give the command as ${give}`;
    assertEquals(adviceOn(version), { line, isTooOld: true });
  }
});

Deno.test("the version is looked at before anything that an older Deno cannot load", () => {
  const [first, ...others] = [...Deno.readTextFileSync("main.ts").matchAll(/^import .*$/gm)];
  assertEquals([first[0], others], ['import { adviceOn } from "./src/deno_version.ts";', []]);
  assert(!/^import /m.test(Deno.readTextFileSync("src/deno_version.ts")));
});

Deno.test("the documentation and the workflows name the Deno that the suite is tested with", () => {
  const files = ["README.md", "CONTRIBUTING.md", "docs/faq.md", "docs/clusters.md", ".github/workflows/ci.yml"];
  for (const path of files) {
    const named = [...Deno.readTextFileSync(path).matchAll(/deno@(\d+\.\d+\.\d+)/g)].map(([, version]) => version);
    assertEquals([path, [...new Set(named)]], [path, [TESTED]]);
  }
});

Deno.test("a command under an older Deno is told what to give and does nothing, under a newer one it works", async () => {
  const under = async (version: string) => {
    const { code, stdout, stderr } = await ourselves({
      module: "test/support/other_deno.ts",
      permissions: "test",
      args: [version, "list"],
    }).output();
    const [said, told] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    return { code, said, told };
  };
  const old = await under("2.5.0");
  assertEquals([old.code, old.said, old.told], [2, "", `${adviceOn("2.5.0")!.line}\n`]);
  const later = await under("2.10.0");
  assertEquals([later.code, later.told], [0, `${adviceOn("2.10.0")!.line}\n`]);
  assert(later.said.includes("ppm"));
});

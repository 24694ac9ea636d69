import { assert, assertEquals } from "@std/assert";
import { snapshot } from "../../tools/audit/tree.ts";
import { processor, provenanceOf } from "../../src/run/record/provenance.ts";

const VARIABLE = "DRIVEN_HUNT_CPU";

Deno.test("a record names the processor as the machine does, or as DRIVEN_HUNT_CPU does", () => {
  const before = Deno.env.get(VARIABLE);
  const named = () => provenanceOf({}, {}, { commit: null, dirty: null }, null).cpu;
  try {
    Deno.env.delete(VARIABLE);
    assert(named().length > 0);
    assertEquals(named(), processor());
    Deno.env.set(VARIABLE, "a made-up processor");
    assertEquals(named(), "a made-up processor");
  } finally {
    before === undefined ? Deno.env.delete(VARIABLE) : Deno.env.set(VARIABLE, before);
  }
});

Deno.test("a copy inside another repository has no commit of its own", () => {
  const outer = Deno.makeTempDirSync();
  const inside = (command: string, ...args: string[]) => new Deno.Command(command, { args, cwd: outer }).outputSync();
  try {
    const git = (...args: string[]) => inside("git", "-c", "user.name=x", "-c", "user.email=x@example.org", ...args);
    git("init", "--quiet");
    git("commit", "--quiet", "--allow-empty", "--message", "something else");
    const folder = snapshot(undefined, undefined, outer);
    const module = `${folder}/src/run/record/provenance.ts`;
    const program =
      `import { gitRefusal, revision } from "file://${module}"; console.log(JSON.stringify([revision(), gitRefusal()]))`;
    const { stdout } = new Deno.Command(Deno.execPath(), { args: ["eval", "--config", "deno.json", program] })
      .outputSync();
    assertEquals(JSON.parse(new TextDecoder().decode(stdout)), [{ commit: null, dirty: null }, null]);
  } finally {
    Deno.removeSync(outer, { recursive: true });
  }
});

import { assertEquals, assertThrows } from "@std/assert";
import { command } from "../src/child.ts";

/** Files that start programs under a task that may run any. */
const MAY_RUN_ANY = ["tools/engine/peer.ts", "tools/canary/reference.ts"];

function* sources(folder: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    if (isDirectory) yield* sources(`${folder}/${name}`);
    else if (/\.tsx?$/.test(name)) yield `${folder}/${name}`;
  }
}

Deno.test("a child is started where LD_LIBRARY_PATH is set, as it is on many machines with a GPU", () => {
  Deno.env.set("LD_LIBRARY_PATH", "/nowhere");
  Deno.env.set("DRIVEN_HUNT_HANDED_ON", "1");
  try {
    // What this guards against: Deno refuses such a child to a task that may run only some programs.
    assertThrows(() => new Deno.Command("deno").outputSync(), Deno.errors.NotCapable, "LD_LIBRARY_PATH");
    const script = `const { LD_LIBRARY_PATH, DRIVEN_HUNT_HANDED_ON, ITS_OWN, PATH } = Deno.env.toObject();
      console.log(JSON.stringify([LD_LIBRARY_PATH ?? null, DRIVEN_HUNT_HANDED_ON, ITS_OWN, PATH]))`;
    const { stdout } = command("deno", { args: ["eval", script], env: { ITS_OWN: "2" } }).outputSync();
    assertEquals(JSON.parse(new TextDecoder().decode(stdout)), [null, "1", "2", Deno.env.get("PATH")]);
  } finally {
    Deno.env.delete("LD_LIBRARY_PATH");
    Deno.env.delete("DRIVEN_HUNT_HANDED_ON");
  }
});

Deno.test("every child is started by 'command', but where a task may run any program", () => {
  const starts = ["src", "bench", "tools"].flatMap((folder) => [...sources(folder)])
    .filter((path) => Deno.readTextFileSync(path).includes("new Deno.Command("));
  assertEquals(starts.sort(), [...MAY_RUN_ANY, "src/child.ts"].sort());
});

import { assertEquals, assertThrows } from "@std/assert";
import config from "../deno.json" with { type: "json" };
import { command, complaintIn, ourselves } from "../src/child.ts";
import { pooled } from "../src/pool.ts";

function* sources(folder: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    if (isDirectory) yield* sources(`${folder}/${name}`);
    else if (/\.tsx?$/.test(name)) yield `${folder}/${name}`;
  }
}

/** What a child with these variables says of itself. */
function saidWith(env: Record<string, string>): { path: string; env: Record<string, string> } {
  const module = "test/support/says_itself.ts";
  const { stdout } = ourselves({ module, permissions: "worker", env }).outputSync();
  return JSON.parse(new TextDecoder().decode(stdout));
}

Deno.test("a child is started where LD_LIBRARY_PATH is set, as it is on many machines with a GPU", () => {
  Deno.env.set("LD_LIBRARY_PATH", "/nowhere");
  Deno.env.set("DRIVEN_HUNT_HANDED_ON", "1");
  try {
    // What this guards against: Deno refuses such a child to a task that may run only some programs.
    assertThrows(() => new Deno.Command("git").outputSync(), Deno.errors.NotCapable, "LD_LIBRARY_PATH");
    const { LD_LIBRARY_PATH, DRIVEN_HUNT_HANDED_ON, ITS_OWN, PATH } = saidWith({ ITS_OWN: "2" }).env;
    assertEquals([LD_LIBRARY_PATH, DRIVEN_HUNT_HANDED_ON, ITS_OWN, PATH], [undefined, "1", "2", Deno.env.get("PATH")]);
  } finally {
    Deno.env.delete("LD_LIBRARY_PATH");
    Deno.env.delete("DRIVEN_HUNT_HANDED_ON");
  }
});

Deno.test("our programs run under the Deno that runs this, with nothing on the PATH", () => {
  assertEquals(Deno.realPathSync(saidWith({ PATH: "" }).path), Deno.realPathSync(Deno.execPath()));
});

Deno.test("every child is started by src/child.ts", () => {
  const starts = ["src", "bench", "tools"].flatMap((folder) => [...sources(folder)])
    .filter((path) => Deno.readTextFileSync(path).includes("new Deno.Command("));
  assertEquals(starts, ["src/child.ts"]);
});

Deno.test("a task whose permission set names deno grants the Deno that runs it, wherever that lies, and else the same", () => {
  const self = "\"$(deno eval -p 'Deno.execPath()')\"";
  const sets: Record<string, object> = config.permissions;
  for (const [name, { command }] of Object.entries(config.tasks)) {
    const { run } = { run: null, ...sets[/ -P=(\S+)/.exec(command)?.[1] ?? ""] } as { run: unknown };
    if (!Array.isArray(run) || !run.includes("deno") || name === "list") continue;
    const wanted = [...run.filter((program) => program !== "deno"), self].join(",");
    assertEquals([name, command.includes(` --allow-run=${wanted} `)], [name, true]);
  }
});

Deno.test("a complaint is the line that names an error, else the last one, else none", () => {
  assertEquals(complaintIn("Warning\nerror: it broke\n  at x\n"), "error: it broke");
  assertEquals(complaintIn("one\n two \n\n"), "two");
  assertEquals(complaintIn(new TextEncoder().encode(" \n")), null);
  assertThrows(() => command("no-such-program", {}).outputSync());
});

Deno.test("a pool gives results in the order of the items, never has more at work than it may, and takes each once", async () => {
  let [now, most] = [0, 0];
  const begun: number[] = [];
  const results = await pooled([5, 1, 3, 2, 4], 2, async (n) => {
    begun.push(n);
    most = Math.max(most, ++now);
    await new Promise((done) => setTimeout(done, n));
    now--;
    return 10 * n;
  });
  assertEquals(results, [50, 10, 30, 20, 40]);
  assertEquals([most, begun.toSorted()], [2, [1, 2, 3, 4, 5]]);
  assertEquals(await pooled([], 3, (n) => Promise.resolve(n)), []);
});

Deno.test("every test is one of those that 'deno task test' runs, and of one of its two processes", () => {
  const given = ["test:processes", "test:rest"].flatMap((name) => {
    const { command } = config.tasks[name as "test:rest"];
    return command.split(" ").filter((word) => word.startsWith("test/"));
  });
  const holds = (folder: string): boolean =>
    [...Deno.readDirSync(folder)].some(({ name, isDirectory }) =>
      isDirectory ? holds(`${folder}/${name}`) : name.endsWith("_test.ts")
    );
  const folders = [...Deno.readDirSync("test")].filter(({ isDirectory }) => isDirectory).map(({ name }) =>
    `test/${name}`
  );
  assertEquals(given.toSorted(), ["test/*_test.ts", ...folders.filter(holds)].toSorted());
});

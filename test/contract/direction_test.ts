import { assert, assertEquals } from "@std/assert";
import { dirname, join, normalize, relative } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * One direction of travel: nothing imports from a room to its right. `jit` is a library of its own: it stands
 * left of everything and knows nothing of the project.
 */
const ROOMS = [
  "src/jit",
  "src/errors.ts",
  "src/child.ts",
  "src/pool.ts",
  "src/files.ts",
  "src/data",
  "src/declare",
  "src/algorithms",
  "src/problem",
  "bench/cases",
  "bench/claims",
  "bench/profiles",
  "src/engine",
  "src/run",
  "src/fleet",
  "src/table",
  "src/stats",
  "src/text.ts",
  "src/laws",
  "src/gate",
  "src/report",
  "src/site",
  "src/watch",
  "src/commands",
  "main.ts",
  "tools",
];
const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const roomOf = (path: string) => ROOMS.findIndex((room) => path === room || path.startsWith(`${room}/`));

function* sources(folder: string): Generator<string> {
  for (const entry of Deno.readDirSync(join(ROOT, folder))) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) yield* sources(path);
    else if (/\.tsx?$/.test(path)) yield path;
  }
}

function importsOf(path: string): string[] {
  const text = Deno.readTextFileSync(join(ROOT, path));
  const specifiers = [...text.matchAll(/(?:from\s+|import\s*\(?\s*)"(\.{1,2}\/[^"]+\.tsx?)"/g)].map((m) => m[1]);
  return specifiers.map((specifier) => relative(ROOT, normalize(join(ROOT, dirname(path), specifier))));
}

const files = [
  ...sources("src"),
  ...sources("bench/cases"),
  ...sources("bench/claims"),
  ...sources("bench/profiles"),
  ...sources("tools"),
  "main.ts",
];

Deno.test("every source file stands in a room of the house", () => {
  assert(files.length > 50);
  assertEquals(files.filter((path) => roomOf(path) < 0), []);
});

Deno.test("nothing imports from a room to its right", () => {
  const wrong = files.flatMap((path) =>
    importsOf(path).filter((target) => target !== "deno.json" && (roomOf(target) < 0 || roomOf(target) > roomOf(path)))
      .map((target) => `${path} → ${target}`)
  );
  assertEquals(wrong, []);
});

Deno.test("the tracer imports nothing of the project", () => {
  const jit = files.filter((path) => path.startsWith("src/jit/"));
  assertEquals(jit.flatMap(importsOf).filter((target) => !target.startsWith("src/jit/")), []);
});

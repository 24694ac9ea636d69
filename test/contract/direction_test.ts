import { assert, assertEquals } from "@std/assert";
import { dirname, join, normalize, relative } from "node:path";
import { fileURLToPath } from "node:url";
import config from "../../deno.json" with { type: "json" };

/**
 * One direction of travel: nothing imports from a room to its right. `jit` is a library of its own: it stands
 * left of everything and knows nothing of the project. What is measured, `bench`, is built from `src`, which knows none
 * of it.
 */
const ROOMS = [
  "src/no_telemetry.ts",
  "src/onnxruntime.ts",
  "src/jit",
  "src/deno_version.ts",
  "src/errors.ts",
  "src/documents",
  "src/child.ts",
  "src/pool.ts",
  "src/files.ts",
  "src/data",
  "src/declare",
  "src/algorithms",
  "src/problem",
  "src/engine",
  "src/catalogue",
  "src/run",
  "src/fleet",
  "src/tune",
  "src/table",
  "src/stats",
  "src/text.ts",
  "src/rank",
  "src/laws",
  "src/gate",
  "src/report",
  "src/site",
  "src/watch",
  "src/commands",
  "bench",
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

const textOf = (path: string): string => Deno.readTextFileSync(join(ROOT, path));

function importsOf(path: string): string[] {
  const specifiers = [...textOf(path).matchAll(/(?:from\s+|import\s*\(?\s*)"(\.{1,2}\/[^"]+\.tsx?)"/g)].map((m) =>
    m[1]
  );
  return specifiers.map((specifier) => relative(ROOT, normalize(join(ROOT, dirname(path), specifier))));
}

const files = [...sources("src"), ...sources("bench"), ...sources("tools"), "main.ts"];

/** Imports of a file that count. Timings of ours, for `deno bench`, are made with the tools. */
const counted = (path: string): string[] =>
  importsOf(path).filter((target) => target !== "deno.json" && !(isTiming(path) && target.startsWith("tools/")));
const isTiming = (path: string) => /^bench\/\w+_bench\.ts$/.test(path);

Deno.test("every source file stands in a room of the house", () => {
  assert(files.length > 50);
  assertEquals(files.filter((path) => roomOf(path) < 0), []);
});

Deno.test("nothing imports from a room to its right", () => {
  const wrong = files.flatMap((path) =>
    counted(path).filter((target) => roomOf(target) < 0 || roomOf(target) > roomOf(path))
      .map((target) => `${path} → ${target}`)
  );
  assertEquals(wrong, []);
});

Deno.test("src knows nothing of what is measured with it, nor of the tools", () => {
  const foreign = files.filter((path) => path.startsWith("src/")).flatMap(importsOf)
    .filter((target) => !target.startsWith("src/") && target !== "deno.json");
  assertEquals(foreign, []);
});

Deno.test("the tracer imports nothing of the project", () => {
  const jit = files.filter((path) => path.startsWith("src/jit/"));
  assertEquals(jit.flatMap(importsOf).filter((target) => !target.startsWith("src/jit/")), []);
});

Deno.test("whoever imports ONNX Runtime gets it with its telemetry turned off first", () => {
  const quiet = "src/onnxruntime.ts";
  const all = [...files, "mod.ts", ...sources("test")];
  const naming = all.filter((path) => /from "onnxruntime-(node|common)|import\("onnxruntime/.test(textOf(path)));
  const scopes = Object.entries(config.scopes).filter(([, names]) => names["onnxruntime-node"] === `./${quiet}`);
  const loud = naming.filter((path) => !scopes.some(([scope]) => `./${path}`.startsWith(scope)));
  assertEquals(loud, [quiet]);
  const [first, then] = ["./no_telemetry.ts", "onnxruntime-node"].map((name) => textOf(quiet).indexOf(`"${name}"`));
  assert(0 < first && first < then, "imports are evaluated in order");
});

/** The folder or the file right below `src`, `bench` or `tools` that a path is in. */
const partOf = (path: string): string => path.split("/").slice(0, 2).join("/");

/** Folders along which imports lead back to where they began; null where there is none. */
function circleIn(graph: ReadonlyMap<string, ReadonlySet<string>>): string[] | null {
  const done = new Set<string>();
  const from = (part: string, path: readonly string[]): string[] | null => {
    if (path.includes(part)) return [...path.slice(path.indexOf(part)), part];
    if (done.has(part)) return null;
    for (const next of graph.get(part) ?? []) {
      const circle = from(next, [...path, part]);
      if (circle) return circle;
    }
    done.add(part);
    return null;
  };
  for (const part of graph.keys()) {
    const circle = from(part, []);
    if (circle) return circle;
  }
  return null;
}

Deno.test("no folders import each other in a circle, whatever the rooms", () => {
  const graph = new Map<string, Set<string>>();
  for (const path of files) {
    const own = partOf(path);
    const others = counted(path).map(partOf).filter((part) => part !== own);
    graph.set(own, (graph.get(own) ?? new Set()).union(new Set(others)));
  }
  assertEquals(circleIn(graph), null);
  assertEquals(circleIn(new Map([["a", new Set(["b"])], ["b", new Set(["c"])], ["c", new Set(["b"])]])), [
    "b",
    "c",
    "b",
  ]);
});

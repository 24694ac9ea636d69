import { assert, assertEquals, assertMatch } from "@std/assert";
import { withPlugins } from "../../src/catalogue/load.ts";
import { sourcesOf } from "../../src/catalogue/sources.ts";
import { algorithmText, urlOf, writePlugin } from "../support/plugins.ts";
import { catalogue } from "../support/runs.ts";

const load = (...paths: string[]) => withPlugins(catalogue, paths.map(urlOf));

Deno.test("sources are of a plug-in and of what it imports by relative paths, and of nothing beside it", async () => {
  const nested = Deno.makeTempDirSync();
  Deno.mkdirSync(`${nested}/deep`, { recursive: true });
  const write = (name: string, text: string) => Deno.writeTextFileSync(`${nested}/${name}`, text);
  const helpers =
    `import { FACTOR } from './deep/factor.ts';\nexport * from "./deep/more.ts";\nexport const f = FACTOR;\n`;
  write("deep/factor.ts", "export const FACTOR = 1;\n");
  write("deep/more.ts", `export const later = () => import("../lazy.ts");\n`);
  write("lazy.ts", "export default 1;\n");
  write("helpers.ts", helpers);
  write("beside.ts", "export default 1;\n");
  const path = writePlugin(
    nested,
    "mine.ts",
    `// As in: import "./not-there.ts"\nimport { f } from "./helpers.ts";\n${
      algorithmText("sourced", "summary: `scaled by ${f}`,")
    }`,
  );
  const known = await load(path);
  const now = sourcesOf(known);
  assertMatch(now, /^[0-9a-f]{64}$/);
  assertEquals(sourcesOf(known), now);
  assert(now !== sourcesOf(catalogue));
  write("beside.ts", "export default 2;\n");
  assertEquals(sourcesOf(known), now);
  const seen = new Set([now]);
  for (const name of ["deep/factor.ts", "deep/more.ts", "lazy.ts", "helpers.ts", "mine.ts"]) {
    write(name, `${Deno.readTextFileSync(`${nested}/${name}`)}// another line\n`);
    const changed = sourcesOf(known);
    assert(!seen.has(changed), name);
    seen.add(changed);
  }
  Deno.removeSync(nested, { recursive: true });
});

Deno.test("sources of the project are those that a worker loads: algorithms, cases and versions, not commands or reports", () => {
  const loaded = new Set<string>();
  const { readTextFileSync } = Deno;
  Deno.readTextFileSync = (path) => {
    loaded.add(String(path));
    return readTextFileSync(path);
  };
  try {
    sourcesOf(catalogue);
  } finally {
    Deno.readTextFileSync = readTextFileSync;
  }
  const has = (end: string) => [...loaded].some((path) => path.endsWith(end));
  for (
    const end of [
      "/deno.json",
      "/deno.lock",
      "/bench/worker.ts",
      "/bench/algorithms/ppm.ts",
      "/bench/cases/tiny.ts",
      "/src/algorithms/transform.ts",
      "/src/data/stream.ts",
      "/src/run/trial_run.ts",
      "/src/run/computation.ts",
      "/src/jit/compile/program.ts",
      "/src/jit/sweep/lanes.ts",
      "/src/jit/onnx.ts",
    ]
  ) {
    assert(has(end), end);
  }
  assertEquals(
    [...loaded].filter((path) => /\/src\/(commands|report|site|watch|gate|stats)\/|\/tools\//.test(path)),
    [],
  );
});

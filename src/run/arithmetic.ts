import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { hashOfTexts } from "../files.ts";

/** Files and folders that turn a traced graph into numbers. */
const PLACES = [
  "engine",
  ...["apart", "onnx", "pack", "program", "prune", "rewrite", "vmap", "vmap_rules"].map((name) => `jit/${name}.ts`),
  "jit/compile",
  "jit/sweep",
];

function* filesOf(path: string): Generator<string> {
  if (Deno.statSync(path).isFile) return yield path;
  const names = [...Deno.readDirSync(path)].map(({ name }) => name).sort();
  for (const name of names) yield* filesOf(join(path, name));
}

let known: string | null = null;

/**
 * SHA-256 of what turns graphs into numbers, engines and encoder, by the text of its files: no graph shows what becomes of
 * it there. An edit counts whatever it says, a comment too.
 */
export function arithmetic(): string {
  if (known !== null) return known;
  const root = fileURLToPath(new URL("../", import.meta.url));
  const paths = PLACES.flatMap((place) => [...filesOf(join(root, place))]);
  return known = hashOfTexts(paths.map((path) => [path.slice(root.length), Deno.readTextFileSync(path)]));
}

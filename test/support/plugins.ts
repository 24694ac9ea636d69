import { pathToFileURL } from "node:url";

const SRC = new URL("../../src/", import.meta.url).href;

/** Writes a file of somebody's own into a folder; returns its path. `SRC/` stands for the folder of our sources. */
export function writePlugin(folder: string, name: string, text: string): string {
  const path = `${folder}/${name}`;
  Deno.writeTextFileSync(path, text.replaceAll("SRC/", SRC));
  return path;
}

export const urlOf = (path: string): string => pathToFileURL(path).href;

/** An algorithm by the text of a module: AdamW whose step is scaled, with a field of its own, or with something else. */
export const algorithmText = (id: string, more = ""): string =>
  `import { defineAlgorithm } from "SRC/algorithms/algorithm.ts";
import { adamFields } from "SRC/algorithms/fields.ts";
import { end, single } from "SRC/algorithms/single.ts";
import { adamw } from "SRC/algorithms/transform.ts";
import { positive } from "SRC/declare/field.ts";

export const mine = defineAlgorithm({
  id: "${id}",
  summary: "AdamW whose step is scaled",
  source: "a test",
  control: "adamw",
  controlReason: "the same with a scale of 1",
  fields: { ...adamFields, scale: positive(0.5, "factor on every step") },
  agents: ["prey"],
  phases: (h) => [single("train", adamw({ ...h, learningRate: h.scale * h.learningRate }), end)],
  ${more}
});
`;

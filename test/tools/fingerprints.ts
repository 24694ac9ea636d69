import { catalogue as sound } from "../../bench/mod.ts";
import type { Catalogue } from "../../src/catalogue/catalogue.ts";
import { computationOf } from "../../src/run/computation.ts";
import { resolve } from "../../src/run/trial.ts";

/** Small runs that together have every algorithm of the paper, each kind of problem, dropout, and a phase behind many steps. */
const RUNS = [
  ["tiny-div", "adamw", { dropout: 0.1 }],
  ["tiny-div", "adamw-tuned", { layers: 2 }],
  ["tiny-div", "adam-l2-scratch", {}],
  ["tiny-div", "ppm", { nD: 200 }],
  ["tiny-div", "ppm-gradpred", {}],
  ["tiny-div", "pp-conn-gradpred", {}],
  ["tiny-div", "pp-conn-fast", {}],
  ["tiny-div", "pp-conn-random", {}],
  ["tiny-add", "ppm-adamw", { normPlacement: "post" }],
  ["tiny-glyphs", "pp-conn", {}],
] as const;

/** Fingerprints of these runs, and the name of a run on each case, by the code and the catalogue as they are. */
export async function fingerprints(catalogue: Catalogue = sound): Promise<string[]> {
  const found = catalogue.cases.map(({ id }) =>
    resolve(catalogue, { case: id, algorithm: "adamw", overrides: {}, seed: 0, engine: "onnx" }).id
  );
  for (const [name, algorithm, overrides] of RUNS) {
    const trial = resolve(catalogue, { case: name, algorithm, overrides: { ...overrides }, seed: 0, engine: "onnx" });
    found.push(await computationOf(trial, await trial.case.prepare(trial.config, 0)));
  }
  return found;
}

if (import.meta.main) console.log(JSON.stringify(await fingerprints()));

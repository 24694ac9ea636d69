import { assertEquals } from "@std/assert";
import { startEngine } from "../../src/engine/mod.ts";
import { canariesOf, judgeCanaries } from "../../src/gate/canary_tier.ts";
import { forEveryEngine } from "../support/engines.ts";
import { catalogue } from "../support/runs.ts";

/** The first steps of a transformer and of a perceptron, with and without a shared optimiser state. */
const CHOSEN = [["tiny-add", "pp-conn"], ["tiny-glyphs", "ppm"]] as const;

forEveryEngine((id) => {
  for (const [caseId, algorithm] of CHOSEN) {
    Deno.test(`${id}: follows the float64 trajectory of ${caseId} ${algorithm}`, async () => {
      const engine = await startEngine(id);
      const [reference] = canariesOf({ cases: [caseId], algorithms: [algorithm] });
      for await (const { verdict, certainty } of judgeCanaries(catalogue, engine, [reference])) {
        assertEquals(verdict, "reproduced", certainty);
      }
    });
  }
});

import { assert, assertEquals } from "@std/assert";
import { settingsOf } from "../../src/commands/blessed.ts";
import { planOf } from "../../src/fleet/plan.ts";
import { cellOfTrial } from "../../src/table/cell.ts";
import { catalogue } from "../support/runs.ts";

const NOTHING = { cases: [], algorithms: [], seeds: [], overrides: {}, engine: "onnx" };

Deno.test("what is set for the expected code makes the runs of one cell, whatever else the profile has of its method", () => {
  for (const id of ["tuned", "paper", "smoke"]) {
    const profile = catalogue.profiles.find((each) => each.id === id)!;
    const plan = planOf(catalogue, profile, NOTHING, "every");
    const cells = Map.groupBy(plan, (trial) => cellOfTrial(catalogue, trial).key);
    assert(cells.size > 10);
    for (const [key, [trial]] of cells) {
      const settings = settingsOf(plan, cellOfTrial(catalogue, trial), catalogue);
      const overrides = Object.fromEntries(settings.map(([name, value]) => [name, [value]]));
      const asked = { ...NOTHING, cases: [trial.case.id], algorithms: [trial.algorithm.id], seeds: [7], overrides };
      const made = planOf(catalogue, profile, asked, "every");
      assertEquals(
        made.map((each) => cellOfTrial(catalogue, each).key),
        [key],
        `${id} ${trial.case.id} ${trial.algorithm.id}`,
      );
    }
  }
});

import { assert, assertEquals } from "@std/assert";
import { expectationOf } from "../../src/gate/bless.ts";
import { expectedFolder, readExpectation } from "../../src/gate/expectation.ts";
import { readArchive } from "../../src/run/record/archive.ts";
import { isFolder } from "../../src/files.ts";
import { canonical, sealed } from "../../src/run/record/seal.ts";
import { catalogue } from "../support/runs.ts";

const blessed = catalogue.profiles.map(({ id }) => id).filter((id) => isFolder(expectedFolder(id)));

Deno.test("there are expectations of the paper's cases and of the smoke profile", () => {
  assert(blessed.includes("paper") && blessed.includes("smoke"), blessed.join(", "));
});

for (const profile of blessed) {
  Deno.test(`expected/${profile}: the committed records are intact and give the expectations exactly`, () => {
    const { records, rejected } = readArchive(`${expectedFolder(profile)}/records`, catalogue);
    assertEquals(rejected, []);
    for (const [caseId, own] of Map.groupBy(records, (record) => record.case)) {
      const kept = readExpectation(profile, caseId);
      assert(kept, `${caseId} has records and no expectation`);
      // Whatever order they come in: fresh ones come last.
      for (const order of [own, own.toReversed()]) {
        const again = sealed(expectationOf(catalogue, { profile, case: caseId }, order, kept.blessings));
        const same = canonical(again) === canonical(kept);
        assert(same, `${caseId}: 'deno task bless --dry-run -p ${profile}' says what its records give`);
      }
    }
    const files = [...Deno.readDirSync(expectedFolder(profile))].filter(({ name }) => name.endsWith(".json"));
    assertEquals(files.length, new Set(records.map((record) => record.case)).size);
    assert(records.every(({ provenance }) => provenance.dirty === false && provenance.commit));
  });
}

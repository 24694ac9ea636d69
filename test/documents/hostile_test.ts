import { assert } from "@std/assert";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parsersOf, tried } from "../../tools/torture/parsers.ts";
import { madeUp } from "../support/records.ts";
import { catalogue } from "../support/runs.ts";

/** Documents a parser is given here; `deno task torture` gives ten times as many. */
const COUNT = 1000;
const SEED = 16;

const scratch = Deno.makeTempDirSync();
const material = {
  record: madeUp({ seed: 0, generalised: 40, algorithm: "ppm" }),
  catalogue,
  expected: fileURLToPath(new URL("../../expected", import.meta.url)),
  scratch: join(scratch, "scratch"),
};

for (const parser of parsersOf(material)) {
  Deno.test(`${COUNT} hostile texts in place of one ${parser.name}: each is taken or refused in words`, () => {
    const { taken, refused } = tried(parser, COUNT, SEED);
    // Who refuses everything, or nothing, has shown nothing.
    assert(taken > COUNT / 100 && refused > COUNT / 4, `${taken} taken, ${refused} refused`);
  });
}

Deno.test("the scratch folder goes", () => Deno.removeSync(scratch, { recursive: true }));

import { assertEquals } from "@std/assert";
import { loweredKernels } from "../../src/jit/mod.ts";
import type { Case } from "./case.ts";
import { check } from "./compare.ts";
import { elementwise } from "./elementwise_cases.ts";
import { linear } from "./linear_cases.ts";
import { peepholes } from "./peephole_cases.ts";
import { reduction } from "./reduction_cases.ts";
import { structure } from "./structure_cases.ts";

const FAMILIES: Record<string, readonly Case[]> = { elementwise, reduction, linear, structure, peepholes };

for (const [family, cases] of Object.entries(FAMILIES)) {
  for (const each of cases) {
    Deno.test(`${family}: ${each.name} is the same traced as eager`, () => check(each));
  }
}

Deno.test("every kernel with a lowering has a case", () => {
  const cased = new Set(Object.values(FAMILIES).flat().flatMap(({ kernels }) => kernels));
  assertEquals(loweredKernels().filter((kernel) => !cased.has(kernel)), []);
});

Deno.test("every case has a name of its own", () => {
  const names = Object.values(FAMILIES).flat().map(({ name }) => name);
  assertEquals(names.length, new Set(names).size);
});

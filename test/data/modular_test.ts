import { assert, assertEquals } from "@std/assert";
import { halfSize, modular } from "../../src/data/modular.ts";
import type { Split } from "../../src/data/dataset.ts";

const rows = ({ inputs, targets, size }: Split) =>
  Array.from({ length: size }, (_, i) => [inputs.a.values[i], inputs.b.values[i], targets[i]] as const);
const keys = (split: Split) => rows(split).map(([a, b]) => `${a},${b}`);

Deno.test("division: c·b ≡ a (mod 97) for every pair, 4,656 pairs a half, disjoint and complete", () => {
  const { train, test } = modular({ operation: "divide", modulus: 97, beta: 1 }, 0);
  assertEquals([train.size, test.size], [4656, 4656]);
  for (const [a, b, c] of [...rows(train), ...rows(test)]) assert((c * b) % 97 === a && b > 0 && c >= 0 && c < 97);
  assertEquals(new Set([...keys(train), ...keys(test)]).size, 97 * 96);
});

Deno.test("addition: a + b mod 139, halves of 9,660, the odd pair left out", () => {
  const { train, test } = modular({ operation: "add", modulus: 139, beta: 1 }, 0);
  assertEquals([train.size, test.size], [9660, 9660]);
  for (const [a, b, c] of [...rows(train), ...rows(test)]) assertEquals(c, (a + b) % 139);
  assertEquals(new Set([...keys(train), ...keys(test)]).size, 19_320);
});

Deno.test("β keeps ⌊βS⌋ of each half, and a smaller β keeps some of the samples of a larger one", () => {
  const at = (beta: number) => modular({ operation: "add", modulus: 139, beta }, 3);
  const [whole, most, some] = [at(1), at(0.9), at(0.7)];
  assertEquals([most.train.size, most.test.size, some.train.size], [8694, 8694, 6762]);
  const [all, larger] = [new Set(keys(whole.train)), new Set(keys(most.train))];
  assert(keys(most.train).every((key) => all.has(key)));
  assert(keys(some.train).every((key) => larger.has(key)));
  assert(!keys(most.test).some((key) => all.has(key)));
});

Deno.test("the seed decides the split, and nothing else does", () => {
  const options = { operation: "divide", modulus: 31, beta: 1 } as const;
  assertEquals(keys(modular(options, 1).train), keys(modular(options, 1).train));
  assert(keys(modular(options, 1).train).join() !== keys(modular(options, 2).train).join());
  assertEquals(halfSize(options), 465);
});

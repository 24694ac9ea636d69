import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Split } from "../../src/data/dataset.ts";
import { modular, pairCount } from "../../src/data/modular.ts";
import { type Operation, operationNames, operations } from "../../src/data/operations.ts";

const range = (n: number) => Array.from({ length: n }, (_, i) => i);
const pairs = (from: number, to: number) =>
  range(to).flatMap((a) => range(to - from).map((b) => [a, b + from] as const));
const keys = ({ inputs, size }: Split) => range(size).map((i) => `${inputs.a.values[i]},${inputs.b.values[i]}`);

/** A size, its pairs, a result done by hand, and whether every row a ∘ · and every column · ∘ b holds each once. */
const expected: Record<Operation, [number, number, [number, number, number], boolean, boolean]> = {
  // 4·5 = 20 ≡ 7 (mod 13), so 7/5 = 4. Row 0 is all 0.
  divide: [13, 13 * 12, [7, 5, 4], false, true],
  add: [12, 144, [7, 9, 4], true, true],
  subtract: [12, 144, [2, 5, 9], true, true],
  multiply: [13, 169, [7, 9, 11], false, false],
  // 25 + 15 + 9 = 49 = 3·13 + 10; (3, 0) and (3, 10) both give 9.
  "x2+xy+y2": [13, 169, [5, 3, 10], false, false],
  // In lexicographic order 1 is 01243, 2 is 01324, 3 is 01342: first 1, then 2. The other way round it is 4.
  s5: [120, 14_400, [1, 2, 3], true, true],
};

Deno.test("the table of these tests has every operation", () => {
  assertEquals(Object.keys(expected), operationNames);
});

for (const [name, [size, count, [x, y, z], rows, columns]] of Object.entries(expected)) {
  const operation = name as Operation;
  const { apply, check, firstB } = operations[operation];
  const all = pairs(firstB, size);

  Deno.test(`${name}: ${count} pairs, results are elements, one of them by hand`, () => {
    assertEquals(check(size), null);
    assertEquals([pairCount({ operation, modulus: size, beta: 1 }), all.length], [count, count]);
    for (const [a, b] of all) {
      const c = apply(a, b, size);
      assert(Number.isInteger(c) && c >= 0 && c < size, `${a} ∘ ${b} = ${c}`);
    }
    assertEquals(apply(x, y, size), z);
  });

  Deno.test(`${name}: which rows and columns of its table are permutations`, () => {
    const second = range(size - firstB).map((i) => i + firstB);
    const distinct = (values: number[]) => new Set(values).size === values.length;
    assertEquals(range(size).every((a) => distinct(second.map((b) => apply(a, b, size)))), rows);
    assertEquals(second.every((b) => distinct(range(size).map((a) => apply(a, b, size)))), columns);
  });

  Deno.test(`${name}: the halves are disjoint, hold every pair but an odd one, and have the right results`, () => {
    const { train, test } = modular({ operation, modulus: size, beta: 1 }, 0);
    assertEquals([train.size, test.size], [count >> 1, count >> 1]);
    const found = new Set([...keys(train), ...keys(test)]);
    assertEquals(found.size, 2 * (count >> 1));
    const possible = new Set(all.map(String));
    assert([...found].every((key) => possible.has(key)));
    for (const { inputs: { a, b }, targets } of [train, test]) {
      targets.forEach((c, i) => assertEquals(c, apply(a.values[i], b.values[i], size)));
    }
  });
}

Deno.test("multiplication undoes division, and addition subtraction", () => {
  const { add, divide, multiply, subtract } = operations;
  for (const p of [2, 7, 97]) {
    for (const [a, b] of pairs(1, p)) {
      assertEquals(multiply.apply(divide.apply(a, b, p), b, p), a);
      assertEquals(divide.apply(multiply.apply(a, b, p), b, p), a);
    }
  }
  for (const p of [2, 12, 97]) {
    for (const [a, b] of pairs(0, p)) assertEquals(add.apply(subtract.apply(a, b, p), b, p), a);
  }
});

Deno.test("x² + xy + y² times x − y is x³ − y³", () => {
  const p = 31;
  for (const [x, y] of pairs(0, p)) {
    const left = operations["x2+xy+y2"].apply(x, y, p) * (x - y + p) % p;
    assertEquals(left, (x ** 3 - y ** 3 + p ** 3) % p);
  }
});

Deno.test("S5 is a group whose first element is the identity, and it does not commute", () => {
  const times = (a: number, b: number) => operations.s5.apply(a, b, 120);
  for (const a of range(120)) {
    assertEquals([times(a, 0), times(0, a)], [a, a]);
    const inverse = range(120).find((b) => times(a, b) === 0)!;
    assertEquals(times(inverse, a), 0);
  }
  for (const [a, b] of pairs(0, 120)) {
    const c = (7 * a + 11 * b + 3) % 120;
    assertEquals(times(times(a, b), c), times(a, times(b, c)));
  }
  assert(times(1, 2) !== times(2, 1));
});

Deno.test("S5 has the elements of each order that it should have, so it is no other group of 120", () => {
  const times = (a: number, b: number) => operations.s5.apply(a, b, 120);
  const orderOf = (a: number) => {
    let [order, power] = [1, a];
    while (power !== 0) [order, power] = [order + 1, times(power, a)];
    return order;
  };
  const counts: Record<number, number> = {};
  for (const a of range(120)) counts[orderOf(a)] = (counts[orderOf(a)] ?? 0) + 1;
  // 10 transpositions and 15 pairs of them, 20 three-cycles, 30 four-cycles, 24 five-cycles, 20 of type (3, 2).
  assertEquals(counts, { 1: 1, 2: 25, 3: 20, 4: 30, 5: 24, 6: 20 });
});

Deno.test("a size that an operation does not have is refused in one line", () => {
  assertStringIncludes(operations.divide.check(15)!, "is not prime");
  assertEquals(operations.divide.check(2), null);
  assertStringIncludes(operations.s5.check(97)!, "is not 120");
  for (const name of ["add", "subtract", "multiply", "x2+xy+y2"] as const) {
    assertEquals(operations[name].check(15), null);
  }
});

import {
  assert,
  assertAlmostEquals,
  assertArrayIncludes,
  assertEquals,
  assertMatch,
  assertNotEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { AssertionError } from "./assertion_error.ts";
import { equal } from "./equal.ts";
import { assertIsError } from "./is_error.ts";

class Point {
  #secret = 1;
  constructor(readonly x: number) {}
  get double() {
    return 2 * this.x * this.#secret;
  }
}

const circular = () => {
  const o: { self?: unknown } = {};
  o.self = o;
  return o;
};

const SAME: [unknown, unknown][] = [
  [NaN, NaN],
  [0, -0],
  [[0, { a: -0 }], [-0, { a: 0 }]],
  [new Float64Array([NaN, 0]), new Float64Array([NaN, -0])],
  [new Uint8Array([1, 2]).buffer, new Uint8Array([1, 2]).buffer],
  [new Date("invalid"), new Date("invalid")],
  [/a/g, /a/g],
  [new URL("https://example.test"), new URL("https://example.test")],
  [new Set([1, NaN, { a: 1 }]), new Set([{ a: 1 }, NaN, 1])],
  [new Map<unknown, unknown>([["a", [1]], [{ k: 1 }, 2]]), new Map<unknown, unknown>([[{ k: 1 }, 2], ["a", [1]]])],
  [Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
  [{ [Symbol.for("s")]: 1 }, { [Symbol.for("s")]: 1 }],
  [new Point(1), new Point(1)],
  [circular(), circular()],
  [new WeakRef({ a: 1 }), new WeakRef({ a: 1 })],
];

const DIFFERENT: [unknown, unknown][] = [
  [1, "1"],
  [null, undefined],
  [{ a: undefined }, {}],
  [{ a: undefined, b: undefined }, { a: undefined, c: undefined }],
  [[1, 2, 3], [1, 3, 2]],
  [new Uint8Array([1]), new Int8Array([1])],
  [new Uint8Array([0]), new Uint8Array([0, 0])],
  [new Date(0), new Date(1)],
  [/a/g, /a/i],
  [new Set([1, 2]), new Set([1, 3])],
  [new Map([["a", 1]]), new Map([["a", 2]])],
  [new Map([[{ k: 1 }, 2]]), new Map([[{ k: 2 }, 2]])],
  [new Point(1), new Point(2)],
  [new Point(1), { x: 1 }],
  [() => 1, () => 1],
  [{ [Symbol("s")]: 1 }, { [Symbol("s")]: 1 }],
  [new WeakMap(), new WeakSet()],
];

Deno.test("equal() compares by structure and prototype", () => {
  for (const [a, b] of SAME) assert(equal(a, b) && equal(b, a), Deno.inspect([a, b]));
  for (const [a, b] of DIFFERENT) assert(!equal(a, b) && !equal(b, a), Deno.inspect([a, b]));
  assertThrows(() => equal(new WeakMap(), new WeakMap()), TypeError, "Cannot compare WeakMap instances");
});

Deno.test("assertEquals() says what differs", () => {
  for (const [a, b] of SAME) assertEquals(a, b);
  for (const [a, b] of DIFFERENT) assertThrows(() => assertEquals(a, b), AssertionError, "Values are not equal.");
  const { message } = assertThrows(() => assertEquals({ a: 1, b: [1, 2] }, { a: 1, b: [1, 3] }, "own words"), Error);
  assertStringIncludes(message, "Values are not equal: own words\n");
  assertMatch(message, /\+ +2\n- +3/);
});

Deno.test("assertEquals() names just the first difference of long values", () => {
  const long = new Float32Array(50_000);
  assertThrows(() => assertEquals({ long }, { long: long.with(40_000, 2) }), AssertionError, "\n+     0,\n-     2,");
});

Deno.test("assertAlmostEquals() is relative by default", () => {
  assertAlmostEquals(1.000000001e-8, 1.000000002e-8);
  assertAlmostEquals(0.1 + 0.2, 0.3, 1e-16);
  assertAlmostEquals(NaN, NaN);
  assertAlmostEquals(-Infinity, -Infinity);
  assertAlmostEquals(1e10 + 999, 1e10);
  assertThrows(() => assertAlmostEquals(1e10 + 1001, 1e10), AssertionError);
  assertThrows(() => assertAlmostEquals(0.1 + 0.2, 0.3, 1e-17), AssertionError);
  assertThrows(() => assertAlmostEquals(1e-300, 0), AssertionError);
  assertThrows(() => assertAlmostEquals(NaN, 1, 1), AssertionError);
  assertThrows(
    () => assertAlmostEquals(1, Infinity),
    AssertionError,
    '"1" to be close to "Infinity": delta "Infinity"',
  );
  assertThrows(
    () => assertAlmostEquals(1, 2, 0.5, "why"),
    AssertionError,
    'Expected actual: "1" to be close to "2": delta "1" is greater than "5e-1": why',
  );
});

Deno.test("assertThrows() returns the error and judges class and message", () => {
  const boom = () => {
    throw new RangeError("\x1b[31mtoo\x1b[0m far");
  };
  assertEquals(assertThrows(boom, RangeError, "too far").name, "RangeError");
  assertThrows(
    () => assertThrows(boom, TypeError),
    AssertionError,
    'to be instance of "TypeError", but was "RangeError"',
  );
  assertThrows(() => assertThrows(boom, RangeError, "near"), AssertionError, 'to include "near", but got');
  assertThrows(() => assertThrows(() => 1, "why"), AssertionError, "Expected function to throw: why");
  const throwText = () => {
    throw "text";
  };
  assertEquals(assertThrows(throwText), "text");
  assertThrows(() => assertThrows(throwText, Error), AssertionError, "A non-Error object was thrown.");
  assertIsError(new Error("a1"), Error, /\d/);
});

Deno.test("assertRejects() wants a promise that rejects", async () => {
  assertEquals((await assertRejects(() => Promise.reject(new TypeError("no")), TypeError, "no")).message, "no");
  assertEquals(await assertRejects(() => Promise.reject(1)), 1);
  const cases: [() => Promise<unknown>, string][] = [
    [() => assertRejects(() => Promise.resolve(), "why"), "Expected function to reject: why"],
    [() => assertRejects(() => JSON.parse("{")), "Function throws when expected to reject."],
    [() => assertRejects((() => 1) as never), "Function throws when expected to reject."],
    [() => assertRejects(() => Promise.reject(1), Error), "A non-Error object was rejected."],
    [() => assertRejects(() => Promise.reject(new Error()), TypeError), 'to be instance of "TypeError"'],
  ];
  for (const [fn, message] of cases) await assertRejects(fn, AssertionError, message);
});

Deno.test("the other assertions pass, and fail with the message of the original", () => {
  assert(1);
  assertNotEquals(1, 2);
  assertMatch("abc", /b/);
  assertStringIncludes("abc", "b");
  assertArrayIncludes(new Float32Array([1, NaN]), [NaN]);
  const cases: [() => unknown, string][] = [
    [() => assert(0, "zero"), "zero"],
    [() => assertNotEquals(1, 1), "Expected actual: 1 not to be: 1."],
    [() => assertMatch("abc", /d/), 'Expected actual: "abc" to match: "/d/".'],
    [() => assertStringIncludes("abc", "d"), 'Expected actual: "abc" to contain: "d".'],
    [() => assertArrayIncludes([1], [2], "why"), '" to include: "[\n  2,\n]": why\nmissing: [\n  2,\n]'],
  ];
  for (const [fn, message] of cases) assertThrows(fn, AssertionError, message);
});

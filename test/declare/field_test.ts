import { assert, assertEquals, assertThrows } from "@std/assert";
import type { Catalogue } from "../../src/catalogue/catalogue.ts";
import {
  choice,
  configure,
  count,
  defaultsOf,
  differing,
  type Fields,
  flag,
  fraction,
  naming,
  nonNegative,
  parseFieldValue,
  positive,
  share,
  since,
  type Values,
  valuesText,
  withDefaults,
  wrongValue,
} from "../../src/declare/field.ts";
import { UsageError } from "../../src/errors.ts";
import type { Case } from "../../src/problem/case.ts";
import { resolve } from "../../src/run/trial.ts";
import { cellOfTrial } from "../../src/table/cell.ts";
import { catalogue, specOf } from "../support/runs.ts";

/** A field of any type. */
type AnyField = Fields[string];

/** A case with one field more. */
const caseWith = (found: Case, name: string, field: AnyField): Case => ({
  ...found,
  fields: { ...found.fields, [name]: field },
  configure({ [name]: value = field.value, ...others }) {
    return { ...found.configure(others), [name]: value };
  },
});

/** The catalogue after somebody has added one field to `tiny-div`, and one to `adamw`. */
const grown = (ofCase: AnyField, ofAlgorithm: AnyField): Catalogue => ({
  ...catalogue,
  cases: catalogue.cases.map((c) => c.id === "tiny-div" ? caseWith(c, "later", ofCase) : c),
  algorithms: catalogue.algorithms.map((a) =>
    a.id === "adamw" ? { ...a, fields: { ...a.fields, late: ofAlgorithm } } : a
  ),
});

/** Every name of a run, and of what it is a sample of. */
function namesIn(known: Catalogue, overrides: Values = {}) {
  const trial = resolve(known, specOf("tiny-div", "adamw", overrides));
  const { key, problem } = cellOfTrial(known, trial);
  return { id: trial.id, stem: trial.stem, key, problem };
}

const before = namesIn(catalogue);
const off = since(flag(false, "came late"), false);
const three = since(count(3, "came later"), 3);

Deno.test("a new field with the value that means what code without it did changes no name", () => {
  assertEquals(namesIn(grown(three, off)), before);
  assertEquals(namesIn(grown(three, off), { later: 3, late: false }), before);
});

Deno.test("any other value of it changes every name that it has a part in", () => {
  const changed = namesIn(grown(three, off), { later: 4 });
  for (const name of ["id", "stem", "key", "problem"] as const) assert(changed[name] !== before[name], name);
  const method = namesIn(grown(three, off), { late: true });
  for (const name of ["id", "stem", "key"] as const) assert(method[name] !== before[name], name);
  // The problem is the same: its baseline is still found.
  assertEquals(method.problem, before.problem);
});

Deno.test("a default that is not what code without the field did is a new run; the old one is asked for by name", () => {
  const known = grown(since(count(9, "came later"), 3), since(flag(true, "came late"), false));
  const now = namesIn(known);
  assert(now.id !== before.id && now.key !== before.key && now.problem !== before.problem);
  assertEquals(namesIn(known, { later: 3, late: false }), before);
});

Deno.test("a new field that does not say what code without it did is in every name", () => {
  const now = namesIn(grown(count(3, "came later"), off));
  assert(now.id !== before.id && now.key !== before.key);
});

Deno.test("naming() leaves out what means nothing new, and values that no field is known of stay", () => {
  const fields: Fields = { late: off, other: flag(false, "always there") };
  assertEquals(naming(fields, { late: false, other: false }), { other: false });
  assertEquals(naming(fields, { late: true, foreign: 1 }), { late: true, foreign: 1 });
  assertEquals(naming({}, { a: 1 }), { a: 1 });
});

Deno.test("kinds of fields take what they say and refuse the rest, one value at a time", () => {
  const kinds: [AnyField, Values[string][], Values[string][]][] = [
    [count(5, "n"), [1, 7], [0, -1, 1.5, NaN, Infinity, "5", true]],
    [count(5, "n", 0), [0], [-1]],
    [nonNegative(1, "x"), [0, 1e9], [-1e-9, NaN, Infinity, "1"]],
    [positive(1, "x"), [1e-9], [0, -1, Infinity]],
    [fraction(0.5, "x"), [0, 0.999], [1, -0.1, NaN]],
    [share(0.5, "x"), [1, 1e-9], [0, 1.1, NaN]],
    [flag(true, "x"), [true, false], [0, "true"]],
    [choice<"a" | "b">("a", "x", ["a", "b"]), ["a", "b"], ["c", "", 1]],
  ];
  for (const [field, taken, refused] of kinds) {
    for (const value of taken) assertEquals(wrongValue(field, value), null, String(value));
    for (const value of refused) assert(wrongValue(field, value), String(value));
    assertEquals(wrongValue(since(field, field.value), field.value), null);
  }
});

Deno.test("configure() completes with defaults, and refuses what is unknown or wrong with whose it is and the nearest", () => {
  const fields = { rate: positive(0.1, "α"), layers: count(2, "blocks") };
  assertEquals(configure("it", fields, { layers: 3 }), { rate: 0.1, layers: 3 });
  assertThrows(
    () => configure("it", fields, { layer: 3 }),
    UsageError,
    "it has no field 'layer'; did you mean 'layers'?",
  );
  assertThrows(() => configure("it", fields, { rate: 0 }), UsageError, "it: rate = 0: expected a finite number > 0");
  assertThrows(() => configure("it", fields, { toString: 1 }), UsageError, "has no field 'toString'");
  assertEquals(defaultsOf(withDefaults(fields, { rate: 3 })), { rate: 3, layers: 2 });
  // The same fields, not the same object.
  assertEquals(fields.rate.value, 0.1);
});

Deno.test("values are told as they are typed: what differs, by name", () => {
  const other = differing({ b: 1, a: 2, c: "x" }, { b: 3, a: 2, c: "y", d: true });
  assertEquals(valuesText(other), "b=3 c=y d=true");
  assertEquals(["3", "1e-3", "true", "pre", "", "0x10", "-0.5"].map(parseFieldValue), [
    3,
    1e-3,
    true,
    "pre",
    "",
    16,
    -0.5,
  ]);
});

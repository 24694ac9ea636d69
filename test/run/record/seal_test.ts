import { assert, assertEquals, assertNotEquals } from "@std/assert";
import fc from "fast-check";
import { canonical, fingerprint, sealed, sealIsIntact } from "../../../src/run/record/seal.ts";

/** As canonical JSON was first written, and every seal until then was made: keys sorted by a replacer. */
const byReplacer = (value: unknown): string =>
  JSON.stringify(value, (_key, node) => {
    if (node === null || typeof node !== "object" || Array.isArray(node)) return node;
    return Object.fromEntries(Object.entries(node).sort(([a], [b]) => a < b ? -1 : 1));
  });

Deno.test("canonical JSON of every JSON value is the text that seals have always been made of", () => {
  fc.assert(
    fc.property(fc.json({ noUnicodeString: false }), (text) => {
      const value = JSON.parse(text);
      assertEquals(canonical(value), byReplacer(value));
    }),
    { numRuns: 2000 },
  );
});

Deno.test("names that count, names of prototypes and values that JSON does not have are written as before", () => {
  const odd = [
    JSON.parse('{"10":1,"9":2,"b":{"2":0,"1":0},"a":3}'),
    JSON.parse('{"b":1,"__proto__":{"d":1,"c":2},"a":2}'),
    JSON.parse('{"__proto__":{"a":1,"b":2}}'),
    { z: undefined, b: [undefined, { y: 1, x: NaN }], a: -0, n: Infinity },
    [[], {}, [[{ b: 1, a: [] }]], "\ud800", "é\u2028"],
    new Array(3),
    null,
    "text",
  ];
  for (const value of odd) assertEquals(canonical(value), byReplacer(value));
});

Deno.test("the order of keys does not count for a seal, and everything else does", () => {
  const document = sealed({ b: 1, a: { d: [1, { f: 1, e: 2 }], c: null } });
  assert(sealIsIntact({ seal: document.seal, a: { c: null, d: [1, { e: 2, f: 1 }] }, b: 1 } as typeof document));
  assertEquals(sealIsIntact(Object.assign({}, document, { b: 2 })), false);
  assertNotEquals(fingerprint([1, 2]), fingerprint([2, 1]));
});

Deno.test("a text that has the seal for its SHA-256 is not written once more, and an edited one is found out", () => {
  const document = sealed({ curve: { x: [1, 2.5] }, id: "a", seed: 3 });
  const text = canonical(document);
  assert(sealIsIntact(document, text));
  const read = (line: string) => sealIsIntact(JSON.parse(line), line);
  assert(read(text) && read(` ${text} `) && read(JSON.stringify(document)));
  const { seal } = document;
  const edits = [
    text.replace("2.5", "2.6"),
    text.replace('"id":"a"', '"id":"b"'),
    text.replace('"seed":3', '"seed":3,"x":1'),
    text.replace(`"seal":"${seal}",`, ""),
    text.replace('"x":[', `"seal":"${seal}","x":[`),
    text.replace(`"seal":"${seal}",`, "").replace('"x":[', `"seal":"${seal}","x":[`),
    text.replace(seal, seal.toUpperCase()),
  ];
  assertEquals(edits.map(read), edits.map(() => false));
  assertEquals(new Set(edits).size, edits.length);
});

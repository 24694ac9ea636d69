import { assertEquals, assertThrows } from "@std/assert";
import { type DataItem, parse, type ParseOptions, stringify } from "@std/csv";

Deno.test("stringify() writes what the original writes", () => {
  const cases: [DataItem[], string[], string][] = [
    [[], [], ""],
    [[], ["a"], "a\r\n"],
    [[{ a: 1, b: 2 }, { b: 4, c: 5 }], ["b", "a"], "b,a\r\n2,1\r\n4,\r\n"],
    [
      ["a,", 'b"', "c\n", "d\r\n", "e\r", " f "].map((a) => ({ a })),
      ["a"],
      'a\r\n"a,"\r\n"b"""\r\n"c\n"\r\n"d\r\n"\r\ne\r\r\n f \r\n',
    ],
    [
      [{ a: null, b: undefined, c: NaN, d: 1n, e: true, f: 1e21, g: -0 }],
      ["a", "b", "c", "d", "e", "f", "g"],
      "a,b,c,d,e,f,g\r\n,,NaN,1,true,1e+21,0\r\n",
    ],
    [[{ a: { b: "c" } }, { a: ["d"] }], ["a"], 'a\r\n"{""b"":""c""}"\r\n"[""d""]"\r\n'],
    [[{ "h, i": 1 }], ["h, i"], '"h, i"\r\n1\r\n'],
  ];
  for (const [data, columns, text] of cases) assertEquals(stringify(data, { columns }), text);
});

Deno.test("parse() reads what the original reads", () => {
  const cases: [string, string[][]][] = [
    ["", []],
    ["a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]],
    ["a,b\rc,d\r\n", [["a", "b\rc", "d"]]],
    ["\ufeffa", [["a"]]],
    ["a,b\r", [["a", "b"]]],
    ["a\n\n\r\nb,c,\n", [["a"], ["b", "c", ""]]],
    ['"a, ""b""","c\r\nd"\n""', [['a, "b"', "c\nd"], [""]]],
    ['"\n\n"', [["\n\n"]]],
    [" a, b\t\n", [[" a", " b\t"]]],
    ["#a\nb#,#c\n", [["#a"], ["b#", "#c"]]],
  ];
  for (const [text, rows] of cases) assertEquals<unknown>(parse(text), rows, JSON.stringify(text));
});

Deno.test("parse() names columns", () => {
  const headed: Record<string, string>[] = parse("a,b\n1,2", { skipFirstRow: true });
  assertEquals(headed, [{ a: "1", b: "2" }]);
  assertThrows(() => parse("", { skipFirstRow: true }), TypeError);
  assertThrows(
    () => parse("a,b\n1,2\n3", { skipFirstRow: true }),
    Error,
    "Syntax error on line 3: The record has 1 fields, but the header has 2 fields",
  );
});

Deno.test("parse() refuses malformed text", () => {
  const cases: [string, ParseOptions, string][] = [
    ['a\nb "c"', {}, 'Syntax error on line 2: bare " in non-quoted-field'],
    ['"a "b""', {}, 'Syntax error on line 1: extraneous or missing " in quoted-field'],
    ['"a', {}, 'extraneous or missing " in quoted-field'],
  ];
  for (const [text, options, message] of cases) assertThrows(() => parse(text, options), SyntaxError, message);
});

Deno.test("parse() reads what stringify() wrote", () => {
  const rows = [
    { a: 'a "b"', b: "c,d", c: "e\nf", d: "", e: " g" },
    { a: "", b: "1", c: "#", d: "\u00e9\u{1f40e}", e: "'" },
  ];
  assertEquals(parse(stringify(rows, { columns: ["a", "b", "c", "d", "e"] }), { skipFirstRow: true }), rows);
});

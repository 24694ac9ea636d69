import { assertEquals, assertThrows } from "@std/assert";
import { type Column, type DataItem, parse, type ParseOptions, stringify, type StringifyOptions } from "@std/csv";

Deno.test("stringify() writes what the original writes", () => {
  const cases: [DataItem[], StringifyOptions | undefined, string][] = [
    [[], { columns: [] }, ""],
    [[], { columns: ["a"] }, "a\r\n"],
    [[], { columns: ["a"], headers: false }, ""],
    [[[1, 2], [3, 4, 5]], undefined, "1,2\r\n3,4,5\r\n"],
    [
      [["a,"], ['b"'], ["c\n"], ["d\r\n"], ["e\r"], [" f "]],
      undefined,
      '"a,"\r\n"b"""\r\n"c\n"\r\n"d\r\n"\r\ne\r\r\n f \r\n',
    ],
    [[["a,", "b|"]], { separator: "|" }, 'a,|"b|"\r\n'],
    [[[null, undefined, NaN, 1n, true, 1e21, 1e-7, -0]], undefined, ",,NaN,1,true,1e+21,1e-7,0\r\n"],
    [[[null], [""]], undefined, "\r\n\r\n"],
    [[[{ a: "b" }, ["c"]]], undefined, '"{""a"":""b""}","[""c""]"\r\n'],
    [[["x"]], { bom: true }, "\ufeffx\r\n"],
    [[["k", "v"]], { columns: [1] }, "1\r\nv\r\n"],
    [[["k", ["v", "w"]]], { columns: [[1, 1]] }, "1\r\nw\r\n"],
    [[{ a: 1 }, {}], { columns: ["a", "b"] }, "a,b\r\n1,\r\n,\r\n"],
    [[{ a: { b: 1 } }], { columns: [["a", "b"], { prop: ["a", "b"], header: "h" }] }, "b,h\r\n1,1\r\n"],
    [[{ a: 1 }], { columns: [{ prop: "a", header: "h, i" }] }, '"h, i"\r\n1\r\n'],
  ];
  for (const [data, options, text] of cases) assertEquals(stringify(data, options), text);
});

Deno.test("stringify() refuses what it cannot write", () => {
  assertThrows(() => stringify([{ a: 1 }]), TypeError, "No property accessor function was provided for object");
  assertThrows(() => stringify([["a"]], { columns: ["a"] }), TypeError, 'Property accessor is not of type "number"');
  for (const separator of ['"', "\r\n"]) {
    assertThrows(() => stringify([], { separator }), TypeError, "Separator cannot include the following strings:");
  }
});

Deno.test("parse() reads what the original reads", () => {
  const cases: [string, ParseOptions, string[][]][] = [
    ["", {}, []],
    ["a,b\r\nc,d\r\n", {}, [["a", "b"], ["c", "d"]]],
    ["a,b\rc,d\r\n", {}, [["a", "b\rc", "d"]]],
    ["\ufeffa", {}, [["a"]]],
    ["a,b\r", {}, [["a", "b"]]],
    ["a\n\n\r\nb,c,\n", {}, [["a"], ["b", "c", ""]]],
    ['"a, ""b""","c\r\nd"\n""', {}, [['a, "b"', "c\nd"], [""]]],
    ['"\n\n"', {}, [["\n\n"]]],
    [" a, b\t\n", {}, [[" a", " b\t"]]],
    [' a, " b",\n', { trimLeadingSpace: true }, [["a", " b", ""]]],
    ["#a\nb#,#c\n", {}, [["#a"], ["b#", "#c"]]],
    ["#a\nb#,#c\n", { comment: "#" }, [["b#", "#c"]]],
    ["a\tb;c", { separator: "\t" }, [["a", "b;c"]]],
    ["a,b\nc,d", { fieldsPerRecord: 0 }, [["a", "b"], ["c", "d"]]],
  ];
  for (const [text, options, rows] of cases) assertEquals<unknown>(parse(text, options), rows, JSON.stringify(text));
  assertEquals(parse("a,b"), [["a", "b"]]);
});

Deno.test("parse() names columns", () => {
  const named: Record<"x" | "y", string>[] = parse("a,b\n1,2", { columns: ["x", "y"], skipFirstRow: true });
  assertEquals(named, [{ x: "1", y: "2" }]);
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
    ["a,b\nc,d,e", { fieldsPerRecord: 0 }, "Syntax error on line 2: expected 2 fields but got 3"],
    ["a", { fieldsPerRecord: 2 }, "Syntax error on line 1: expected 2 fields but got 1"],
  ];
  for (const [text, options, message] of cases) assertThrows(() => parse(text, options), SyntaxError, message);
  assertThrows(() => parse("a", { separator: "#", comment: "#" }), Error, "Cannot parse input: invalid delimiter");
});

Deno.test("parse() reads what stringify() wrote", () => {
  const rows = [['a "b"', "c,d", "e\nf", "", " g"], ["", "1", "#", "\u00e9\u{1f40e}", "'"]];
  const columns: Column[] = [0, 1, 2, 3, 4];
  assertEquals(
    parse(stringify(rows, { columns }), { skipFirstRow: true, columns: ["a", "b", "c", "d", "e"] }).map(Object.values),
    rows,
  );
  assertEquals(parse(stringify(rows, { bom: true, separator: ";" }), { separator: ";" }), rows);
});

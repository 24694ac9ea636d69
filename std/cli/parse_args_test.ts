import { assertEquals } from "@std/assert";
import { parseArgs, type ParseOptions } from "@std/cli";

type Case = [string[], ParseOptions, Record<string, unknown>];

function check(cases: Case[]): void {
  for (const [args, options, result] of cases) assertEquals<unknown>(parseArgs(args, options), result, args.join(" "));
}

Deno.test("parseArgs() reads long flags", () =>
  check([
    [["--a=1", "--b", "x", "y", "--c"], {}, { a: 1, b: "x", c: true, _: ["y"] }],
    [["--foo=---=\n--+34-=/="], {}, { foo: "---=\n--+34-=/=", _: [] }],
    [["--a=", "x"], {}, { "a=": "x", _: [] }],
    [["--no-moo"], {}, { "no-moo": true, _: [] }],
    [["--a", "--", "--b", "1"], {}, { a: true, _: ["--b", "1"] }],
    [["--a", "--", "b"], { "--": true }, { a: true, "--": ["b"], _: [] }],
    [["--", "b", "--", "c"], { "--": true }, { "--": ["b", "--", "c"], _: [] }],
    [["--toString", "--valueOf", "foo"], {}, { toString: true, valueOf: "foo", _: [] }],
    [["--a.b", "3", "--a.c"], { default: { "a.b": 1, "d.e": 2 } }, { a: { b: 3, c: true }, d: { e: 2 }, _: [] }],
  ]));

Deno.test("parseArgs() reads short flags", () =>
  check([
    [["-abc", "x"], {}, { a: true, b: true, c: "x", _: [] }],
    [["-n123", "-123", "456"], {}, { n: 123, 1: true, 2: true, 3: 456, _: [] }],
    [["-a=x=y", "-e=="], {}, { a: "x=y", e: "=", _: [] }],
    [["-n", "-", "-", "-f-"], {}, { n: "-", f: "-", _: ["-"] }],
    [["-I/foo/bar", "-xyz/foo"], {}, { I: "/foo/bar", x: true, y: true, z: "/foo", _: [] }],
    [["-art"], { string: ["a", "t"] }, { a: "", r: true, t: "", _: [] }],
    [["-s", "X\nX", "-w", "\t"], {}, { s: "X\nX", w: "\t", _: [] }],
  ]));

Deno.test("parseArgs() makes numbers of what looks like them", () =>
  check([
    [["-x", "5.67", "-z", "1e-3", "-w", "10f", "--hex", "0x10", "7", " "], {}, {
      x: 5.67,
      z: 1e-3,
      w: "10f",
      hex: 16,
      _: [7, " "],
    }],
    [["-s", "0012", "3"], { string: ["s", "_"] }, { s: "0012", _: ["3"] }],
    [["--s", "-t"], { string: ["s", "t"] }, { s: "", t: "", _: [] }],
  ]));

Deno.test("parseArgs() knows booleans", () =>
  check([
    [["--a", "x", "-b", "-"], { boolean: ["a", "b", "c"] }, { a: true, b: true, c: false, _: ["x", "-"] }],
    [["--a", "false", "-b", "true", "x"], { boolean: ["a", "b"] }, { a: false, b: true, _: ["x"] }],
    [["--a=false", "--b=1"], { boolean: ["a", "b"] }, { a: false, b: true, _: [] }],
    [["-t", "123"], { boolean: "t" }, { t: true, _: [123] }],
    [["a", "--b", "c", "-p", "5", "--t=g"], { boolean: true }, { b: true, p: 5, t: "g", _: ["a", "c"] }],
    [[], { boolean: "a", default: { a: null, b: 1 } }, { a: null, b: 1, _: [] }],
  ]));

Deno.test("parseArgs() negates what is negatable", () => {
  const options: ParseOptions = { boolean: ["color"], negatable: ["color", "config"], alias: { color: "c" } };
  check([
    [["--no-color"], options, { color: false, c: false, _: [] }],
    [["--no-color", "--color", "x"], options, { color: true, c: true, _: ["x"] }],
    [["--no-config", "--no-other"], options, { config: false, "no-other": true, color: false, c: false, _: [] }],
    [["--no-color"], { boolean: ["color"] }, { "no-color": true, color: false, _: [] }],
  ]);
});

Deno.test("parseArgs() collects what is collectable", () => {
  const alias = { s: ["seed", "S"] };
  check([
    [["--a", "1", "--a", "2"], {}, { a: 2, _: [] }],
    [["--a", "1", "--a=x", "--b"], { collect: ["a", "b", "c"] }, { a: [1, "x"], b: [true], _: [] }],
    [["-s", "01", "--seed=2"], { string: "s", collect: "s", alias }, {
      s: ["01", "2"],
      seed: ["01", "2"],
      S: ["01", "2"],
      _: [],
    }],
    [[], { string: "s", boolean: "b", collect: ["s", "b"] }, { s: [], b: [], _: [] }],
    [[], { string: "s", collect: "s", default: { s: ["x"] } }, { s: ["x"], _: [] }],
    [["--s=1", "--no-s"], { string: "s", collect: "s", negatable: "s" }, { s: false, _: [] }],
  ]);
});

Deno.test("parseArgs() gives aliases the same value", () =>
  check([
    [["-z", "5"], { alias: { z: ["zm", "zoom"] } }, { z: 5, zm: 5, zoom: 5, _: [] }],
    [["-h", "x"], { boolean: "herp", alias: { h: "herp" } }, { h: true, herp: true, _: ["x"] }],
    [[], { alias: { a: "b" }, default: { b: 1 } }, { a: 1, b: 1, _: [] }],
  ]));

Deno.test("parseArgs() stops early", () =>
  check([
    [["--a", "b", "c", "--d", "1", "--", "e"], { stopEarly: true }, { a: "b", _: ["c", "--d", "1", "e"] }],
  ]));

Deno.test("parseArgs() reports what it does not know", () => {
  const seen: unknown[] = [];
  const result = parseArgs(["--s=1", "-b", "--x=1", "-yz", "q", "--c", "--w", "--", "--v"], {
    string: "s",
    boolean: "b",
    collect: "c",
    unknown: (...args) => {
      seen.push(args);
      return args[1] === "w";
    },
  });
  assertEquals(seen, [["--x=1", "x", "1"], ["-yz", "y", true], ["-yz", "z", "q"], ["--c", "c", true], [
    "--w",
    "w",
    true,
  ]]);
  assertEquals<unknown>(result, { s: "1", b: true, w: true, _: ["--v"] });
});

Deno.test("parseArgs() types what it returns", () => {
  const args = parseArgs(["-s", "1", "rest"], {
    boolean: ["quick"],
    string: ["seed", "case", "name"],
    collect: ["seed"],
    alias: { seed: "s", case: ["c", "k"] },
    default: { name: "none", jobs: 4 },
    negatable: ["case"],
    "--": true,
  });
  const quick: boolean = args.quick;
  const seed: string[] = args.seed;
  const s: string[] = args.s;
  const c: string | false | undefined = args.c;
  const name: string = args.name;
  const after: string[] = args["--"];
  const other: unknown = args.other;
  // deno-lint-ignore no-explicit-any
  const untyped: any = parseArgs([]).anything;
  assertEquals([quick, seed, s, c, name, after, other, untyped, args._], [
    false,
    ["1"],
    ["1"],
    undefined,
    "none",
    [],
    undefined,
    undefined,
    ["rest"],
  ]);
});

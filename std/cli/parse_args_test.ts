import { assertEquals } from "@std/assert";
import { parseArgs, type ParseOptions } from "@std/cli";

type Case = [string[], ParseOptions, Record<string, unknown>];

function check(cases: Case[]): void {
  for (const [args, options, result] of cases) assertEquals<unknown>(parseArgs(args, options), result, args.join(" "));
}

Deno.test("parseArgs() reads long flags", () =>
  check([
    [["--a=1", "--b", "x", "y", "--c"], { string: ["b"] }, { a: 1, b: "x", c: true, _: ["y"] }],
    [["--foo=---=\n--+34-=/="], {}, { foo: "---=\n--+34-=/=", _: [] }],
    [["--no-moo"], {}, { "no-moo": true, _: [] }],
    [["--a", "--", "--b", "1"], {}, { a: true, _: ["--b", 1] }],
    [["x", "--", "y"], { string: ["long", "other"], boolean: ["quick"] }, { quick: false, _: ["x", "y"] }],
    [["--a", "--", "x"], { string: "a" }, { a: "", _: ["x"] }],
  ]));

Deno.test("parseArgs() reads short flags", () => {
  const options = {
    string: ["number", "file"],
    boolean: ["quick", "all"],
    alias: { number: "n", file: "f", quick: "q", all: "a" },
  };
  check([
    [["-n123", "-f", "x"], options, {
      number: "123",
      n: "123",
      file: "x",
      f: "x",
      quick: false,
      q: false,
      all: false,
      a: false,
      _: [],
    }],
    [["-qan", "7"], options, { number: "7", n: "7", quick: true, q: true, all: true, a: true, _: [] }],
    [["-n=x=y", "-f=="], { string: ["n2", "f2"], alias: { n2: "n", f2: "f" } }, {
      n2: "x=y",
      n: "x=y",
      f2: "=",
      f: "=",
      _: [],
    }],
  ]);
});

Deno.test("parseArgs() makes numbers of what looks like them", () =>
  check([
    [["--x=5.67", "--z=1e-3", "--w=10f", "--hex=0x10", "7", " "], {}, {
      x: 5.67,
      z: 1e-3,
      w: "10f",
      hex: 16,
      _: [7, " "],
    }],
    [["--s", "0012", "3"], { string: "s" }, { s: "0012", _: [3] }],
    [["--s", "0012", "3"], { string: ["s", "_"] }, { s: "0012", _: ["3"] }],
  ]));

Deno.test("parseArgs() takes nothing that begins with a dash for a value, unless an equals sign says so", () =>
  check([
    [["--s", "--t"], { string: ["s", "t"] }, { s: "", t: "", _: [] }],
    [["--s", "-1"], { string: "s", boolean: "1" }, { s: "", 1: true, _: [] }],
    [["-x", "--t", "a"], { string: ["s", "t"], alias: { s: "x" } }, { s: "", x: "", t: "a", _: [] }],
    [["--s=-1", "--t=--u"], { string: ["s", "t"] }, { s: "-1", t: "--u", _: [] }],
  ]));

Deno.test("parseArgs() knows booleans", () =>
  check([
    [["--a", "x", "-b"], { boolean: ["a", "b", "c"], alias: { b: "b" } }, { a: true, b: true, c: false, _: ["x"] }],
    [["--a", "false", "-q", "true", "x"], { boolean: ["a", "b"], alias: { b: "q" } }, {
      a: false,
      b: true,
      q: true,
      _: ["x"],
    }],
    [["--a=false", "--b=1"], { boolean: ["a", "b"] }, { a: false, b: true, _: [] }],
    [["--t", "123"], { boolean: "t" }, { t: true, _: [123] }],
  ]));

Deno.test("parseArgs() collects what is collectable", () => {
  const alias = { seed: "s" };
  check([
    [["--a", "1", "--a", "2"], { string: "a" }, { a: "2", _: [] }],
    [["-s", "01", "--seed=2"], { string: "seed", collect: "seed", alias }, {
      seed: ["01", "2"],
      s: ["01", "2"],
      _: [],
    }],
    [[], { string: "s", collect: "s" }, { s: [], _: [] }],
  ]);
});

Deno.test("parseArgs() reports what it does not know", () => {
  const seen: unknown[] = [];
  const result = parseArgs(["--s=1", "-b", "--x=1", "-yz", "q", "--w", "--", "--v"], {
    string: "s",
    boolean: "b",
    alias: { b: "b" },
    unknown: (...args) => {
      seen.push(args);
      return args[1] === "w";
    },
  });
  assertEquals(seen, [["--x=1", "x", "1"], ["-yz", "y", true], ["-yz", "z", true], ["q"], ["--w", "w", true]]);
  assertEquals<unknown>(result, { s: "1", b: true, w: true, _: ["--v"] });
});

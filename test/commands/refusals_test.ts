import { assertEquals, assertMatch, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { Flags } from "../../src/commands/flags.ts";
import { bench } from "../../src/commands/bench.ts";
import { ourselves } from "../../src/child.ts";
import { UsageError } from "../../src/errors.ts";
import { catalogue, cli, fileNames } from "../support/runs.ts";

const TINY = ["-c", "tiny-div", "-a", "adamw"];

/** Command line, and what its refusal must say. */
const REFUSED: readonly (readonly [string, string[], string])[] = [
  ["an unknown case", ["-c", "div79"], "did you mean 'div97'"],
  ["an unknown algorithm", ["-c", "tiny-div", "-a", "pp-con"], "did you mean 'pp-conn'"],
  ["an unknown engine", [...TINY, "-e", "onxx"], "did you mean 'onnx'"],
  ["an engine that is not there", [...TINY, "-e", "tensorflow-gpu"], "engine 'tensorflow-gpu'"],
  ["an unknown profile", ["-p", "papre"], "did you mean 'paper'"],
  ["an unknown field", [...TINY, "--set", "modulo=7"], "did you mean 'modulus'"],
  ["an unknown flag", [...TINY, "--max-epoch", "3"], "did you mean '--max-epochs'"],
  ["a stray argument", ["tiny-div"], "takes no argument 'tiny-div'"],
  ["flags after a separator among others", [...TINY, "--", "-s", "1"], "takes no argument after '--'"],
  ["a field that no algorithm of the plan has", [...TINY, "--set", "sigma=3"], "has no field 'sigma', nor has 'adamw'"],
  ["a field that its algorithm fixes", ["-c", "tiny-div", "-a", "ppm-nopush", "--set", "A=1"], "'ppm-nopush' sets it"],
  [
    "a grid of one that is fixed",
    ["-c", "tiny-div", "-a", "adamw-tuned", "--set", "learningRate=1e-3,3e-3"],
    "'adamw-t",
  ],
  ["a field given twice", [...TINY, "--set", "beta2=0.9", "--set", "beta2=0.99"], "for both values write beta2=A,B"],
  ["a budget given twice", [...TINY, "--max-epochs", "3", "--set", "maxEpochs=4"], "give one of the two"],
  ["a hole in a grid", [...TINY, "--set", "beta2=0.9,,0.99"], "a value is empty"],
  ["a value of a grid that is out of range", [...TINY, "--set", "beta2=0.9,1"], "beta2 = 1"],
  ["a field without a value", [...TINY, "--set", "modulus"], "expected name=value"],
  ["a flag without a value", [...TINY, "--results"], "--results needs a value"],
  ["a modulus without inverses", [...TINY, "--set", "modulus=15"], "15 is not prime"],
  ["S5 with another number of elements", [...TINY, "--set", "operation=s5"], "modulus = 23 is not 120"],
  ["β of 0", ["-c", "add139", "--set", "beta=0"], "beta = 0: expected a number in (0, 1]"],
  ["β above 1", ["-c", "add139", "--set", "beta=1.1"], "beta = 1.1"],
  ["a negative step size", [...TINY, "--set", "learningRate=-1"], "learningRate = -1"],
  ["a step size that is no number", [...TINY, "--set", "learningRate=NaN"], "learningRate = NaN"],
  ["an infinite decay", [...TINY, "--set", "weightDecay=Infinity"], "weightDecay = Infinity"],
  ["a fractional count", [...TINY, "--set", "layers=1.5"], "layers = 1.5"],
  ["a beta1 of 1", [...TINY, "--set", "beta1=1"], "beta1 = 1"],
  ["an option that does not exist", [...TINY, "--set", "normPlacement=mid"], "one of 'pre', 'post'"],
  ["a batch larger than the training set", [...TINY, "--set", "batchSize=4096"], "exceeds the training set of 253"],
  ["heads that do not divide the width", [...TINY, "--set", "heads=5"], "does not divide"],
  ["more MNIST than there is", ["-c", "mnist1k", "--set", "trainSize=70000"], "60,000"],
  ["a seed that is no number", [...TINY, "-s", "one"], "neither a whole number nor a range"],
  ["a backward range of seeds", [...TINY, "-s", "4..0"], "runs backwards"],
  ["a negative seed", [...TINY, "-s=-3"], "neither a whole number nor a range"],
  ["no workers", [...TINY, "-j", "0"], "--workers '0'"],
  ["an empty budget", [...TINY, "--max-epochs", "0"], "--max-epochs '0'"],
  [
    "two exports into one file",
    [...TINY, "--export-csv", "/tmp/one", "--export-json", "/tmp/one"],
    "--export-csv is to be written there too",
  ],
  ["an empty name", ["-c", ","], "a name is empty"],
  ["a field that objects have", [...TINY, "--set", "constructor=1"], "has no field 'constructor'"],
  ["more pairs than fit in memory", [...TINY, "--set", "modulus=100003"], "at most 1000"],
  ["a shard of nothing", [...TINY, "--shard", "1/0"], "--shard '1/0'"],
  ["joined runs that are not there", [...TINY, "--joined", "/nowhere"], "--joined '/nowhere': there is no such folder"],
  ["joined runs without a judgement", [...TINY, "--joined", "test", "--no-gate"], "--joined is for the gate"],
  ["a shard beyond the last", [...TINY, "--shard", "3/2"], "with I from 1 to N"],
  ["a judgement of a shard", [...TINY, "--shard", "1/2", "--strict"], "--strict is for the judgement of a whole plan"],
  ["a shard's judgement in a file", [...TINY, "--shard", "1/2", "--junit", "x.xml"], "--junit is for the judgement"],
  ["a shard that is none", [...TINY, "--shard", "half"], "e.g. --shard 2/8"],
  ["a judgement that is not made", [...TINY, "--no-gate", "--strict"], "--strict is for the gate; leave out --no-gate"],
  ["a limit that no timer has", [...TINY, "--timeout", "9999999"], "at most 2000000 s"],
  ["two profiles", ["--quick", "-p", "smoke"], "give one of the two"],
  ["a day that does not exist", [...TINY, "--rotate", "2026-02-31"], "expected a date"],
  ["half an evaluation", [...TINY, "--eval-every", "0.5"], "--eval-every '0.5'"],
];

for (const [what, args, message] of REFUSED) {
  Deno.test(`bench refuses ${what} in one line and writes nothing`, async () => {
    const folder = Deno.makeTempDirSync();
    const error = await assertRejects(
      () => bench.run(["--results", `${folder}/results`, ...args], catalogue),
      UsageError,
    );
    assertStringIncludes(error.message, message);
    assertEquals(error.message.split("\n").length, 1);
    assertEquals(fileNames(folder), []);
    Deno.removeSync(folder, { recursive: true });
  });
}

Deno.test("bench refuses a results folder that cannot be written", async () => {
  const file = Deno.makeTempFileSync();
  const error = await assertRejects(() => bench.run([...TINY, "--results", `${file}/results`], catalogue), UsageError);
  assertStringIncludes(error.message, "cannot be written");
  Deno.removeSync(file);
});

Deno.test("bench refuses an export that could not be written, before any run", async () => {
  const folder = Deno.makeTempDirSync();
  for (const target of [folder, "/dev/null/board.csv"]) {
    const args = [...TINY, "--results", `${folder}/results`, "--export-csv", target];
    assertStringIncludes((await assertRejects(() => bench.run(args, catalogue), UsageError)).message, "--export-csv");
  }
  assertEquals(fileNames(folder), []);
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("a dry run in a folder that cannot be is a plan like any other", async () => {
  const file = Deno.makeTempFileSync();
  assertEquals(await bench.run([...TINY, "--dry-run", "--results", file], catalogue), 0);
  Deno.removeSync(file);
});

Deno.test("bench refuses MNIST that is not there, and MNIST that is damaged, before any run", async () => {
  const folder = Deno.makeTempDirSync();
  const before = Deno.env.get("DRIVEN_HUNT_DATA");
  Deno.env.set("DRIVEN_HUNT_DATA", folder);
  try {
    const args = ["-c", "mnist1k", "-a", "adamw", "--results", `${folder}/results`];
    assertStringIncludes((await assertRejects(() => bench.run(args, catalogue), UsageError)).message, "deno task data");
    const names = ["train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"];
    for (const name of names) Deno.writeTextFileSync(`${folder}/${name}-ubyte.gz`, "not an archive");
    assertMatch((await assertRejects(() => bench.run(args, catalogue), UsageError)).message, /-ubyte/);
    assertEquals(fileNames(folder).length, 4);
  } finally {
    if (before === undefined) Deno.env.delete("DRIVEN_HUNT_DATA");
    else Deno.env.set("DRIVEN_HUNT_DATA", before);
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("a refusal exits with 2, one line on stderr and nothing on stdout", async () => {
  const { code, stdout, stderr } = await cli(["bench", "-c", "div79"]);
  assertEquals([code, stdout], [2, ""]);
  const lines = stderr.trim().split("\n").filter((line) => !line.startsWith("Warning"));
  assertEquals(lines, ["error: case 'div79' is unknown; did you mean 'div97'?"]);
});

Deno.test("help is there for every command, and an unknown command is refused", async () => {
  for (const command of [["--help"], ["bench", "--help"], ["list", "-h"], ["data", "--help"]]) {
    const { code, stdout } = await cli(command);
    assertEquals(code, 0);
    assertMatch(stdout, /Usage|deno task/);
  }
  assertEquals((await cli(["benhc"])).code, 2);
});

Deno.test("a flag of a plan that a command has no use for is refused, not passed over", async () => {
  const useless = [["doctor", "-s", "1"], ["canary", "--results", "x"], [
    "engine:tensorflow",
    "-p",
    "paper",
  ]];
  for (const args of useless) {
    const { code, stderr } = await cli(args);
    assertEquals(code, 2, args.join(" "));
    assertStringIncludes(stderr, "unknown flag '-");
  }
});

Deno.test("the audit is a program of its own: the command line does not know it, and it refuses what it has no use for", async () => {
  const { code, stderr } = await cli(["gate:audit"]);
  assertEquals(code, 2);
  assertStringIncludes(stderr, "command 'gate:audit' is unknown");
  const audit = await ourselves({
    module: "tools/audit/main.ts",
    permissions: "audit",
    args: ["-c", "div97"],
    env: { NO_COLOR: "1" },
  }).output();
  assertEquals(audit.code, 2);
  assertStringIncludes(new TextDecoder().decode(audit.stderr), "unknown flag '-");
});

Deno.test("what stands after a separator in front is read as flags, as with other runners, and refused where it is none", () => {
  const flags = new Flags(["--", "-p", "smoke", "--strict"], { command: "gate", strings: [], booleans: ["strict"] });
  assertEquals([flags.text("profile"), flags.on("strict")], ["smoke", true]);
  const nonsense = () => new Flags(["--", "-p", "smoke", "--nonsense"], { command: "gate", strings: [], booleans: [] });
  assertStringIncludes(assertThrows(nonsense, UsageError).message, "unknown flag '--nonsense'");
});

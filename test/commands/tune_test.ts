import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { tune } from "../../src/commands/tune.ts";
import { catalogue, cli, recordNames } from "../support/runs.ts";

const PROBLEM = { case: "tiny-div", overrides: { maxEpochs: 8, modulus: 11, batchSize: 16, generalisedAbove: 0.05 } };
const small = { ...catalogue, tuning: { problems: [PROBLEM], seeds: [1000, 1001], searches: {} } };

/** What the command prints. It has to end well. */
async function printed(args: readonly string[]): Promise<string> {
  const lines: string[] = [];
  const { log } = console;
  console.log = (line: string) => void lines.push(line);
  try {
    assertEquals(await tune.run(args, small), 0);
  } finally {
    console.log = log;
  }
  return lines.join("\n");
}

Deno.test("tune tries a method's own constants and others, says which are best, and does no run twice", async () => {
  const results = Deno.makeTempDirSync();
  const args = ["-a", "ppm,adam-l2", "--budget", "6", "--results", results];
  const first = await printed(args);
  assertEquals(recordNames(results).length, 12);
  assertStringIncludes(first, "## tiny-div ppm");
  assertStringIncludes(first, "| its own constants");
  assertMatch(
    first,
    /## tiny-div adam-l2[^]*learningRate=\S+ weightDecay=\S+[^]*best: (its own constants|learningRate)/,
  );
  const times = recordNames(results).map((path) => Deno.statSync(path).mtime!.getTime());
  assertEquals(await printed(args), first);
  assertEquals(recordNames(results).map((path) => Deno.statSync(path).mtime!.getTime()), times);
  const plan = await printed([...args, "--dry-run"]);
  assertEquals(plan.match(/finished/g)?.length, 12);
  Deno.removeSync(results, { recursive: true });
});

for (
  const [what, args, message] of [
    ["no method", [], "whose constants? Name a method with -a"],
    ["a method without ranges", ["-a", "adamw-tuned"], "declares no 'search'"],
    ["a budget that seeds do not divide", ["-a", "ppm", "--budget", "7"], "so a multiple of 2"],
    ["a case that is not tuned on", ["-a", "ppm", "-c", "tiny-div"], "problem to tune on 'tiny-div' is unknown"],
    ["seeds", ["-a", "ppm", "-s", "3"], "unknown flag"],
  ] as const
) {
  Deno.test(`tune refuses ${what}`, async () => {
    const { code, stderr } = await cli(["tune", ...args]);
    assertEquals(code, 2);
    assertStringIncludes(stderr, message);
  });
}

import { fileURLToPath } from "node:url";
import { markdownTable } from "markdown-table";
import { algorithms } from "../../bench/algorithms/mod.ts";
import { catalogue } from "../../bench/mod.ts";
import { ourselves, untilWeEnd, whyItEnded } from "../../src/child.ts";
import { enginesNamed } from "../../src/commands/engine_choice.ts";
import { type Command, EXIT } from "../../src/commands/command.ts";
import { Flags } from "../../src/commands/flags.ts";
import { mainOfOne } from "../../src/commands/shell.ts";
import { EngineUnavailable } from "../../src/engine/mod.ts";
import { find } from "../../src/errors.ts";
import { assertWritable, writeAtomically } from "../../src/files.ts";
import { pooled } from "../../src/pool.ts";
import { cases } from "../../bench/cases/mod.ts";
import { type EngineParity, parityOf } from "./engine_parity.ts";

const DEFAULT_CASES = ["tiny-div", "tiny-add", "tiny-glyphs"];

export const HELP =
  `Put engines beside float64: loss and gradient of golden models, and the first steps of cases under algorithms.

Usage: deno task bench:parity [options]

  -e, --engine NAME        only these engines, separated by commas (default: every engine that works here)
  -c, --case NAME          cases (repeatable, or separated by commas; default: ${DEFAULT_CASES.join(", ")})
  -a, --algorithm NAME     algorithms (likewise; default: all)
      --json FILE          also write everything as JSON
  -h, --help

Each engine has a process of its own. Exit codes: 0 all agree, 1 one does not or crashes, 2 bad usage, or something could not be compared.`;

/** What came of one engine: its figures, or why there are none. */
type Outcome = EngineParity | { readonly engine: string; readonly absent: string } | {
  readonly engine: string;
  readonly failed: string;
};

/** What golden models may be off by: see test/problem/golden_test.ts. */
const MODEL_TOLERANCE = 1e-5;

/** Marks the process that measures one engine and writes its figures to stdout. */
const ALONE = "--alone";

async function measureApart(engine: string, args: readonly string[], signal: AbortSignal): Promise<Outcome> {
  const output = await ourselves({
    module: fileURLToPath(import.meta.url),
    permissions: "worker",
    args: [ALONE, "--engine", engine, ...args],
    signal,
  }).output();
  if (!output.success) return { engine, failed: whyItEnded(output) };
  return JSON.parse(new TextDecoder().decode(output.stdout));
}

async function measureAlone(engine: string, choice: Parameters<typeof parityOf>[1]): Promise<Outcome> {
  try {
    return await parityOf(engine, choice);
  } catch (error) {
    if (error instanceof EngineUnavailable) return { engine, absent: error.message };
    throw error;
  }
}

const error = (x: number | null) => x === null ? "–" : x.toExponential(1);
const isThere = (outcome: Outcome): outcome is EngineParity => "canaries" in outcome;

/** Models by engines: error of the loss / of the gradient. */
function modelTable(found: readonly EngineParity[]): string {
  const rows = found[0].models.map(({ model }, i) => [
    model,
    ...found.map(({ models }) => `${error(models[i].loss)} / ${error(models[i].gradient)}`),
  ]);
  return markdownTable([["model", ...found.map(({ engine }) => engine)], ...rows]);
}

/** Cases and algorithms by engines: error of the losses, milliseconds a step. */
function stepTable(found: readonly EngineParity[]): string {
  const rows = found[0].canaries.map(({ case: id, algorithm, steps }) => [
    id,
    algorithm,
    `${steps}`,
    ...found.map(({ canaries }) => {
      const own = canaries.find((canary) => canary.case === id && canary.algorithm === algorithm)!;
      if (own.verdict !== "passed") return own.verdict;
      return `${error(own.lossError)}, ${own.msPerStep?.toFixed(1)} ms`;
    }),
  ]);
  return markdownTable([["case", "algorithm", "steps", ...found.map(({ engine }) => engine)], ...rows]);
}

function outputJudgement(outcomes: readonly Outcome[]): number {
  const found = outcomes.filter(isThere);
  for (const outcome of outcomes) {
    if (!isThere(outcome)) console.log(`${outcome.engine}: ${"absent" in outcome ? outcome.absent : outcome.failed}\n`);
  }
  if (found.length === 0) return EXIT.usage;
  console.log("Largest error against float64, loss / gradient, relative to the largest entry:\n");
  console.log(`${modelTable(found)}\n`);
  console.log("Largest relative error of a loss over the first steps, and median milliseconds from step to step:\n");
  console.log(stepTable(found));
  const strays = ({ models, canaries }: EngineParity) =>
    models.some(({ loss, gradient }) => !(Math.max(loss, gradient) <= MODEL_TOLERANCE)) ||
    canaries.some(({ verdict }) => verdict === "failed");
  if (found.some(strays) || outcomes.some((outcome) => "failed" in outcome)) return EXIT.drift;
  const compared = found.every(({ canaries }) =>
    canaries.length && canaries.every(({ verdict }) => verdict === "passed")
  );
  return compared ? EXIT.ok : EXIT.usage;
}

async function compared(args: readonly string[]): Promise<number> {
  const flags = new Flags(args, {
    command: "bench:parity",
    plan: ["case", "algorithm", "engine"],
    strings: ["json"],
    booleans: [ALONE.slice(2)],
  });
  const { ids } = enginesNamed(flags);
  const named = flags.names("case").map((id) => find("case", cases, id).id);
  const choice = {
    cases: named.length ? named : DEFAULT_CASES,
    algorithms: flags.names("algorithm").map((id) => find("algorithm", algorithms, id).id),
  };
  if (flags.on(ALONE.slice(2))) {
    console.log(JSON.stringify(await measureAlone(ids[0], choice)));
    return EXIT.ok;
  }
  const file = flags.text("json");
  if (file) assertWritable("--json", file);
  const passed = [...choice.cases.flatMap((id) => ["-c", id]), ...choice.algorithms.flatMap((id) => ["-a", id])];
  // One after another, so that times are of one alone.
  const signal = untilWeEnd();
  const outcomes = await pooled(ids, 1, (id) => measureApart(id, passed, signal));
  if (file) writeAtomically(file, JSON.stringify(outcomes, null, 2) + "\n");
  return outputJudgement(outcomes);
}

const benchParity: Command = {
  name: "bench:parity",
  summary: "put engines beside float64",
  help: HELP,
  run: compared,
};

if (import.meta.main) await mainOfOne(benchParity, Deno.args, catalogue);

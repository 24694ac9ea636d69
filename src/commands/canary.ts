import type { Catalogue } from "../catalogue/catalogue.ts";
import { EngineUnavailable, startEngine } from "../engine/mod.ts";
import { ourselves } from "../child.ts";
import { find, UsageError } from "../errors.ts";
import type { Reference } from "../gate/canary/mod.ts";
import { canariesOf, type Choice, judgeCanaries, unfollowed } from "../gate/canary_tier.ts";
import { type Finding, worst } from "../gate/finding.ts";
import { gateExporters } from "../report/exporters.ts";
import type { Command } from "./command.ts";
import { Exports, flagsOf, helpOf } from "./exports.ts";
import { chosen, Flags } from "./flags.ts";
import { opened } from "./plugins.ts";
import { exitCodeOf, outputJudgement } from "./judgement_output.ts";

const HELP = `Run the first steps of cases and algorithms beside a float64 trajectory of them: the gate's first tier.

Usage: deno task canary [options]

  -c, --case NAME          only these cases (repeatable, or separated by commas; default: all)
  -a, --algorithm NAME     only these algorithms (likewise)
  -e, --engine NAME        onnx (default), onnx:webgpu, wasm, cpu, tensorflow, tensorflow-gpu or webgpu (deno task doctor)
      --fail-fast          stop at the first canary that fails
      --json               print the findings as JSON, in place of the table
${helpOf(gateExporters)}
  -h, --help

Exit codes: 0 all agree, 1 one does not, 2 bad usage, or one could not be run.`;

/** The references of a choice; of what has none that is said. */
function referencesOf(choice: Choice): Reference[] {
  const references = canariesOf(choice);
  const unknown = unfollowed(choice, references);
  if (unknown.length) {
    console.error(`canary: no float64 trajectory of ${unknown.join(", ")} in these cases: first steps are not checked`);
  }
  return references;
}

/** Runs canaries and says each on stderr as it comes. @throws {UsageError} when the engine cannot be started */
async function runCanaries(
  catalogue: Catalogue,
  engine: string,
  choice: Choice,
  failFast: boolean,
): Promise<Finding[]> {
  const references = referencesOf(choice);
  const findings: Finding[] = [];
  const started = await startEngine(engine).catch((error) => {
    throw error instanceof EngineUnavailable ? new UsageError(error.message) : error;
  });
  for await (const finding of judgeCanaries(catalogue, started, references)) {
    findings.push(finding);
    const { verdict, subject, certainty } = finding;
    console.error(`canary ${findings.length}/${references.length} ${subject}: ${verdict}; ${certainty}`);
    if (failFast && verdict === "drift") break;
  }
  return findings;
}

/**
 * The same in a process with the permissions of a worker, up to the first that fails: what needs FFI is none of `bench`.
 *
 * @throws {UsageError} when they could not be run
 */
export async function runCanariesApart(engine: string, choice: Choice): Promise<Finding[]> {
  const references = referencesOf(choice);
  if (references.length === 0) return [];
  const named = (flag: string, names: readonly string[]) => [...new Set(names)].flatMap((name) => [flag, name]);
  const args = [
    ...["canary", "--json", "--fail-fast", "--engine", engine],
    ...named("--case", references.map((reference) => reference.case)),
    ...named("--algorithm", references.map(({ algorithm }) => algorithm)),
  ];
  const output = await ourselves({ module: "main.ts", permissions: "worker", args, stderr: "inherit" }).output();
  const said = new TextDecoder().decode(output.stdout);
  try {
    return JSON.parse(said);
  } catch {
    throw new UsageError(`the canaries could not be run, see above: ${output.signal ?? `exit code ${output.code}`}`);
  }
}

export const canary: Command = {
  name: "canary",
  summary: "compare the first steps with a float64 trajectory",
  help: HELP,
  async run(args, builtIn) {
    const flags = new Flags(args, {
      command: "canary",
      plan: ["case", "algorithm", "engine"],
      strings: flagsOf(gateExporters),
      booleans: ["fail-fast", "json"],
    });
    const [catalogue, { cases: ids, algorithms: methods, engine }] = await opened(builtIn, chosen(flags));
    for (const id of ids) find("case", catalogue.cases, id);
    for (const id of methods) find("algorithm", catalogue.algorithms, id);
    const exports = new Exports(gateExporters, flags);
    exports.assertWritable();
    if (flags.on("json") && exports.asked) {
      throw new UsageError("--json prints the findings alone; leave out the files");
    }
    const findings = await runCanaries(catalogue, engine, { cases: ids, algorithms: methods }, flags.on("fail-fast"));
    const verdict = worst(findings.map((finding) => finding.verdict));
    if (flags.on("json")) {
      console.log(JSON.stringify(findings));
      return exitCodeOf(verdict);
    }
    const nothing = {
      runs: { repeated: 0, fresh: 0 },
      omnibus: null,
      commits: [],
      otherCode: [],
      nights: [],
      flagged: [],
    };
    return outputJudgement({ schema: 2, profile: "canaries", engine, verdict, findings, ...nothing }, exports, false);
  },
};

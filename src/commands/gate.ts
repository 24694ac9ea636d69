import { resolve as resolvePath } from "node:path";
import { expectedRoot } from "./expected.ts";
import { gateInputOf, judge } from "../gate/judge.ts";
import { readArchive } from "../run/record/archive.ts";
import type { Command } from "./command.ts";
import { chosen, Flags } from "./flags.ts";
import { OFFLINE_IMAGE } from "../../bench/profiles/mod.ts";
import { imageCaseOf, planOfRecords } from "./plan.ts";
import { assertGateWritable, GATE_FLAGS, gateExportsOf, outputJudgement } from "./judgement_output.ts";

const HELP = `Compare existing records with the expectations of a profile. Trains nothing.

Usage: deno task gate [options]

  -p, --profile NAME       smoke, quick (default), tune, study or paper
  -c, --case NAME          only these cases of the profile (repeatable, or separated by commas)
  -a, --algorithm NAME     only these algorithms (likewise)
  -s, --seed SEEDS         how many runs a cell should have (default: as many as the profile has seeds)
  -e, --engine NAME        the engine whose records count (default: onnx)
      --results DIR        folder of records, full or compact (default: results); e.g. expected/paper/records
      --expected DIR       folder of expectations (default: the project's expected)
      --strict             inconclusive is exit code 3
      --gate-json FILE     write the judgement as JSON,
      --junit FILE         and as JUnit XML
  -h, --help

On GitHub Actions it also writes annotations and the step summary.
Exit codes: 0 reproduced or inconclusive, 1 drift, 2 bad usage or incomplete, 3 inconclusive under --strict.`;

export const gate: Command = {
  name: "gate",
  summary: "compare existing records with the expectations",
  help: HELP,
  run(args) {
    const flags = new Flags(args, { command: "gate", strings: ["expected", ...GATE_FLAGS], booleans: ["strict"] });
    const selection = chosen(flags);
    const exports = gateExportsOf(flags);
    // Names are checked before anything is read.
    planOfRecords(selection, OFFLINE_IMAGE);
    assertGateWritable(exports);
    const archive = readArchive(resolvePath(selection.results));
    const { profile, plan } = planOfRecords(selection, imageCaseOf(archive));
    const judgement = judge(gateInputOf(profile, selection.engine, plan, expectedRoot(flags)), archive);
    return Promise.resolve(outputJudgement(judgement, exports, flags.on("strict")));
  },
};

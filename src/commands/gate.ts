import { resolve as resolvePath } from "node:path";
import { expectedThere, JOINED_HELP, joinedThere } from "./expected.ts";
import { gateInputOf, judge } from "../gate/judge.ts";
import { madeByOtherCode } from "../table/other_code.ts";
import { readArchive } from "../run/record/archive.ts";
import { outlining } from "../run/record/outline.ts";
import { gateExporters } from "../report/exporters.ts";
import { blessedIn } from "./blessed.ts";
import type { Command } from "./command.ts";
import { Exports, flagsOf, helpOf } from "./exports.ts";
import { chosen, Flags } from "./flags.ts";
import { casesIn, planOfRecords } from "./plan.ts";
import { opened } from "./plugins.ts";
import { outputJudgement } from "./judgement_output.ts";

const HELP = `Compare existing records with the expectations of a profile. Trains nothing.

Usage: deno task gate [options]

  -p, --profile NAME       smoke, quick (default), tuned, tune, study or paper
  -c, --case NAME          only these cases of the profile (repeatable, or separated by commas)
  -a, --algorithm NAME     only these algorithms (likewise)
  -s, --seed SEEDS         how many runs a cell should have (default: as many as the profile has seeds)
  -e, --engine NAME        the engine whose records count (default: onnx)
      --results DIR        folder of records, full or compact (default: results); e.g. expected/paper/records
      --expected DIR       folder of expectations (default: the project's expected)
${JOINED_HELP}
      --strict             inconclusive is exit code 3
${helpOf(gateExporters)}
  -h, --help

On GitHub Actions it also writes annotations and the step summary.
Exit codes: 0 reproduced or inconclusive, 1 drift, 2 bad usage or incomplete, 3 inconclusive under --strict.`;

export const gate: Command = {
  name: "gate",
  summary: "compare existing records with the expectations",
  help: HELP,
  async run(args, builtIn) {
    const flags = new Flags(args, {
      command: "gate",
      strings: ["expected", "joined", ...flagsOf(gateExporters)],
      booleans: ["strict"],
    });
    const [catalogue, selection] = await opened(builtIn, chosen(flags));
    const exports = new Exports(gateExporters, flags);
    const [expected, joined] = [expectedThere(flags), joinedThere(flags)];
    // Names are checked before anything is read.
    planOfRecords(catalogue, selection, "every");
    exports.assertWritable(selection.results);
    const archive = readArchive(resolvePath(selection.results), catalogue, outlining());
    const { profile, plan } = planOfRecords(catalogue, selection, casesIn(archive));
    const otherCode = await madeByOtherCode(catalogue, archive.records);
    const input = gateInputOf({ catalogue, profile, engine: selection.engine, plan, joined }, expected);
    return outputJudgement(
      judge(input, { ...archive, otherCode, blessed: blessedIn(resolvePath(selection.results), catalogue) }),
      exports,
      flags.on("strict"),
    );
  },
};

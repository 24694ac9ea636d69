import { create } from "xmlbuilder2";
import type { Finding } from "../gate/finding.ts";
import type { Judgement } from "../gate/judge.ts";
import type { Exporter } from "./exporter.ts";

/** Characters that XML 1.0 cannot hold in any form. */
// deno-lint-ignore no-control-regex -- control characters are what it is about
const UNPRINTABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;

const message = ({ from, to, certainty }: Finding) =>
  `expected ${from}, found ${to}: ${certainty}`.replace(UNPRINTABLE, "");

/** A verdict in JUnit's terms: drift is a failure, what is missing an error, what cannot be decided was skipped. */
const ELEMENTS = { drift: "failure", incomplete: "error", inconclusive: "skipped" } as const;

/** The judgement as JUnit XML: one suite a tier, one test case a finding. An empty judgement is an error, not a pass. */
export function junit({ profile, engine, verdict, findings }: Judgement): string {
  const root = create({ version: "1.0", encoding: "UTF-8" }).ele("testsuites", {
    name: `driven-hunt gate ${profile} ${engine}`,
  });
  const tiers = Map.groupBy(findings, ({ tier }) => tier);
  if (tiers.size === 0) {
    const suite = root.ele("testsuite", { name: "record", tests: 1, failures: 0, errors: 1, skipped: 0 });
    suite.ele("testcase", { classname: "record", name: "results" }).ele("error", { message: `${verdict}: no records` });
  }
  for (const [tier, members] of tiers) {
    const count = (v: Finding["verdict"]) => members.filter((finding) => finding.verdict === v).length;
    const suite = root.ele("testsuite", {
      name: tier,
      tests: members.length,
      failures: count("drift"),
      errors: count("incomplete"),
      skipped: count("inconclusive"),
    });
    for (const finding of members) {
      const test = suite.ele("testcase", { classname: tier, name: `${finding.subject}: ${finding.quantity}` });
      if (finding.verdict === "reproduced") continue;
      const element = test.ele(ELEMENTS[finding.verdict], { message: message(finding) });
      if (finding.look) element.txt(`look first at: ${finding.look}`.replace(UNPRINTABLE, ""));
    }
  }
  return root.end({ prettyPrint: true }) + "\n";
}

export const junitExporter: Exporter<Judgement> = {
  flag: "junit",
  help: "write the judgement as JUnit XML",
  render: junit,
};

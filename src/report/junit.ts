import { create } from "xmlbuilder2";
import type { Finding } from "../gate/finding.ts";
import { numbersOf } from "../gate/numbers.ts";
import type { Judgement } from "../gate/judge.ts";
import type { Exporter } from "./exporter.ts";

/** Characters that XML 1.0 cannot hold in any form. */
// deno-lint-ignore no-control-regex -- control characters are what it is about
const UNPRINTABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;

const message = ({ from, to, certainty }: Finding) =>
  `expected ${from}, found ${to}: ${certainty}`.replace(UNPRINTABLE, "");

/** A verdict in JUnit's terms: drift is a failure, what is missing an error, what cannot be decided was skipped. */
const ELEMENTS = { drift: "failure", incomplete: "error", inconclusive: "skipped" } as const;

const seconds = (findings: readonly Finding[]): string =>
  findings.reduce((sum, { numbers }) => sum + (numbers.seconds ?? 0), 0).toFixed(3);

/** What JUnit counts of a suite, or of all of them. */
function totals(findings: readonly Finding[]) {
  const count = (v: Finding["verdict"]) => findings.filter(({ verdict }) => verdict === v).length;
  return {
    tests: findings.length,
    failures: count("drift"),
    errors: count("incomplete"),
    skipped: count("inconclusive"),
    time: seconds(findings),
  };
}

/** Names of test cases: readers take two of one name in a suite for one test that ran twice. */
function namesOf(findings: readonly Finding[]): string[] {
  const seen = new Map<string, number>();
  return findings.map(({ subject, quantity }) => {
    const name = `${subject}: ${quantity}`.replace(UNPRINTABLE, "");
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}

/** What is said where nothing was judged: an error, not a pass. */
const nothingThere = (verdict: Judgement["verdict"]): Finding => ({
  tier: "record",
  subject: "results",
  quantity: "records",
  verdict: "incomplete",
  from: "records",
  to: "none",
  certainty: `${verdict}: no records`,
  numbers: numbersOf(),
  seeds: [],
  look: "",
});

/**
 * The judgement as JUnit XML: one suite a tier, one test case a finding; times are those of the runs. Only what Jenkins'
 * schema (xunit-plugin, junit-10.xsd) and GitLab read.
 */
export function junit({ profile, engine, verdict, findings }: Judgement, judgedAt = new Date()): string {
  const all = findings.length ? findings : [nothingThere(verdict)];
  const { skipped: _none, ...sums } = totals(all);
  const root = create({ version: "1.0", encoding: "UTF-8" })
    .ele("testsuites", { name: `driven-hunt gate ${profile} ${engine}`, ...sums });
  // Local time without a zone is what the form has; UTC is what ours is.
  const timestamp = judgedAt.toISOString().slice(0, 19);
  for (const [tier, members] of Map.groupBy(all, ({ tier }) => tier)) {
    const suite = root.ele("testsuite", { name: tier, ...totals(members), timestamp });
    const names = namesOf(members);
    for (const [i, finding] of members.entries()) {
      const test = suite.ele("testcase", {
        classname: `${profile}.${tier}`,
        name: names[i],
        time: seconds([finding]),
      });
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
  render: (judgement) => junit(judgement),
};

import { markdownTable } from "markdown-table";
import { countsOf, type Finding, isUnasked, VERDICTS } from "../gate/finding.ts";
import type { Judgement } from "../gate/judge.ts";
import { integer, NOTHING, seeds } from "../text.ts";

const HEADER = ["verdict", "what", "quantity", "expected", "found", "how sure", "seeds", "look first at"];

const row = (finding: Finding): string[] => [
  finding.verdict,
  finding.subject,
  finding.quantity,
  finding.from,
  finding.to,
  finding.certainty,
  seeds(finding.seeds) || NOTHING,
  finding.look || NOTHING,
];

/** `31 reproduced, 2 inconclusive`. */
function counts(findings: readonly Finding[]): string {
  const counted = countsOf(findings);
  return VERDICTS.filter((verdict) => counted[verdict] > 0).map((verdict) => `${counted[verdict]} ${verdict}`)
    .join(", ") || "nothing was there to judge";
}

/** What repeats is no evidence: whoever judges the reference itself is told so. */
const runsText = ({ repeated, fresh }: Judgement["runs"]): string =>
  `${integer(repeated)} runs repeat expected ones bit for bit, ${fresh ? `${integer(fresh)} are` : "none is"} new`;

/** Times and laws always have their line, but where there is no question; of the other tiers only what is not as expected. */
function worthALine(finding: Finding): boolean {
  const { tier, verdict } = finding;
  if (isUnasked(finding)) return false;
  // What is missing of a speedup is missing of a time, which has its line already.
  if (tier === "speedup" && verdict === "incomplete") return false;
  return tier === "time" || tier === "law" || verdict !== "reproduced";
}

const MOST_NAMED = 3;

/** The cells of an experiment, of which nothing is expected, in one line however many they are. */
function unaskedText(findings: readonly Finding[]): string[] {
  const names = [...new Set(findings.filter(isUnasked).map(({ subject }) => subject))];
  if (names.length === 0) return [];
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : "";
  return [
    `Nothing is expected of ${names.slice(0, MOST_NAMED).join(", ")}${more} ('deno task bless' would change that).\n`,
  ];
}

/** What the cell says that nights have shown most of. */
function nightsText(nights: Judgement["nights"]): string {
  const { subject, later, earlier, same, evidence, needed } = nights.reduce((a, b) => b.evidence > a.evidence ? b : a);
  return `night by night ${nights.length} cells, most of ${subject}: of ${
    later + earlier + same
  } seeds ${later} later, ` +
    `${earlier} earlier, evidence ${evidence.toPrecision(2)}, drift from ${integer(needed)} on`;
}

/** `0123456789 with changes`. */
const shortCommit = (text: string) => text.replace(/^[0-9a-f]{40}/, (commit) => commit.slice(0, 9));

/** Cells of which nothing is there, one line a case and number of runs. */
function folded(findings: readonly Finding[]): Finding[] {
  const absent = (f: Finding) => f.tier === "time" && f.verdict === "incomplete" && f.seeds.length === 0;
  const caseOf = ({ cell, subject }: Finding) => cell?.case ?? subject;
  const alike = Map.groupBy(findings.filter(absent), (finding) => `${caseOf(finding)} ${finding.certainty}`);
  const lines = [...alike.values()].map((cells): Finding =>
    cells.length < 2 ? cells[0] : {
      ...cells[0],
      subject: `${caseOf(cells[0])}: ${cells.length} cells`,
      from: cells.every(({ from }) => from === cells[0].from) ? cells[0].from : "see expected/",
    }
  );
  return [...findings.filter((finding) => !absent(finding)), ...lines];
}

/** Records that were rejected, of which a few say what is wrong; the others are counted. */
const MOST_REJECTED = 20;

function fewRejected(findings: readonly Finding[]): Finding[] {
  const rejected = findings.filter(({ tier }) => tier === "record");
  if (rejected.length <= MOST_REJECTED) return [...findings];
  const [first, ...others] = rejected.slice(MOST_REJECTED - 1);
  const rest = { ...first, quantity: `${others.length + 1} more records`, certainty: "see --gate-json FILE" };
  return [...findings.filter(({ tier }) => tier !== "record"), ...rejected.slice(0, MOST_REJECTED - 1), rest];
}

/** The gate's findings, worst first, readable as they are in a terminal. */
export function gateMarkdown(
  { profile, engine, verdict, runs, omnibus, commits, otherCode, findings, nights, flagged }: Judgement,
): string {
  const lines = fewRejected(folded(findings.filter(worthALine)))
    .toSorted((a, b) => VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict));
  const facts = [
    `engine ${engine}`,
    counts(findings),
    ...(runs.repeated ? [runsText(runs)] : []),
    ...(omnibus === null ? [] : [`all cells together p = ${omnibus.toPrecision(2)}`]),
    ...(nights.length ? [nightsText(nights)] : []),
    ...(commits.length ? [`records made at ${commits.map(shortCommit).join(", ")}`] : []),
    ...(otherCode.length ? [`computation differs from this code's: ${otherCode.join(", ")}`] : []),
  ];
  const waiting = flagged.length
    ? [`${flagged.length} cells wait for fresh seeds: 'deno task bench --confirm' runs and judges them.\n`]
    : [];
  return [
    `## Gate: ${profile}: ${verdict}\n`,
    `${facts.join("; ")}.\n`,
    ...(lines.length ? [markdownTable([HEADER, ...lines.map(row)]) + "\n"] : []),
    ...unaskedText(findings),
    ...waiting,
  ].join("\n");
}

import { markdownTable } from "markdown-table";
import { fileURLToPath } from "node:url";
import { entries, ledger, type Part } from "../../bench/claims/ledger.ts";
import { sentences } from "../../bench/claims/sentences.ts";
import { CLAIM_VERDICTS, type Grounds, type LedgerEntry } from "../../src/declare/claim.ts";
import { writeAtomically } from "../../src/files.ts";

export const CLAIMS = fileURLToPath(new URL("../../docs/claims.md", import.meta.url));

const code = (names: readonly string[] = []) => names.map((name) => `\`${name}\``).join(", ");

/** `3, 3, Fig. 2`: sections apart by semicolons, because some have a comma. */
const places = (sections: readonly string[]) => sections.join("; ");

function shows({ measure, cases, algorithms, columns, probes }: LedgerEntry["shows"]): string {
  const parts = [
    code(cases),
    code(algorithms),
    columns && `columns ${code(columns)}`,
    probes && `probe ${code(probes)}`,
  ];
  return `${measure}: ${parts.filter(Boolean).join("; ")}`;
}

const stateOf = (entry: LedgerEntry): string =>
  entry.state === "measured"
    ? `measured, **${entry.verdict}**: ${
      entry.findings.map((anchor) => `[${anchor}](findings.md#${anchor})`).join(", ")
    }`
    : `not measured, lacks a ${entry.lacks === "runs" ? "run" : entry.lacks}: ${entry.smallest}`;

function partMarkdown({ title, entries }: Part): string {
  const rows = entries.map((entry) => [
    `\`${entry.id}\``,
    places(entry.sections),
    entry.statement,
    shows(entry.shows),
    stateOf(entry),
  ]);
  return `### ${title}\n\n${
    markdownTable([["claim", "section", "in our words", "what shows it", "state"], ...rows])
  }\n`;
}

function summary(known: readonly LedgerEntry[]): string {
  const measured = known.filter((entry) => entry.state === "measured");
  const rows = [
    ...CLAIM_VERDICTS.map((verdict) => [
      `measured, ${verdict}`,
      measured.filter((entry) => entry.verdict === verdict).length,
    ]),
    ...(["summary", "runs", "probe"] as const).map((lacks) => [
      `not measured, lacks a ${lacks === "runs" ? "run" : lacks}`,
      known.filter((entry) => entry.state === "not measured" && entry.lacks === lacks).length,
    ]),
    ["all", known.length],
  ];
  return markdownTable([["state", "claims"], ...rows.map((row) => row.map(String))], { align: ["l", "r"] });
}

function grounds(on: Grounds): string {
  if ("sections" in on) return places(on.sections);
  return "searched" in on ? `nowhere: searched for ${on.searched}` : `not of the paper: ${on.other}`;
}

/** A text for a cell: no bar ends it. */
const cell = (text: string) => text.replaceAll("|", "\\|");

const sentenceTable = (): string =>
  markdownTable([
    ["file", "words of the sentence", "rests on"],
    ...sentences.map((sentence) => [sentence.file, cell(sentence.fragment), grounds(sentence)]),
  ]);

/** The text between `<!-- summary -->`, `<!-- ledger -->` or `<!-- sentences -->` and the next `<!-- end -->`. */
const PLACE = /(<!-- (summary|ledger|sentences) -->\n)[^]*?(\n<!-- end -->)/g;

const TABLES: Readonly<Record<string, () => string>> = {
  summary: () => summary(entries),
  ledger: () => ledger.map(partMarkdown).join("\n").trimEnd(),
  sentences: sentenceTable,
};

/** A text with the tables of the ledger as they should be. */
export const withLedger = (text: string): string =>
  text.replace(PLACE, (_, start: string, table: string, end: string) => `${start}\n${TABLES[table]()}\n${end}`);

if (import.meta.main) writeAtomically(CLAIMS, withLedger(Deno.readTextFileSync(CLAIMS)));

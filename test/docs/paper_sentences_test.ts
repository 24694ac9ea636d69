import { assert, assertEquals } from "@std/assert";
import { SECTIONS } from "../../bench/claims/sections.ts";
import { sentences } from "../../bench/claims/sentences.ts";
import { oneLine, sentencesOf, speaksOfPaper } from "./sentences.ts";

/** The ledger itself says beside every claim where it is from; what stands before declarations is no finding. */
const APART = ["docs/claims.md", "docs/api.md"];

const files = [
  "README.md",
  ...[...Deno.readDirSync("docs")].map(({ name }) => `docs/${name}`).filter((path) =>
    path.endsWith(".md") && !APART.includes(path)
  ),
];

const occurrences = (text: string, fragment: string): number => text.split(fragment).length - 1;

Deno.test("every sentence about the paper that has an entry stands once in its file, and rests on sections that exist", () => {
  const flaws = sentences.flatMap((sentence) => {
    const { file, fragment } = sentence;
    const text = Deno.readTextFileSync(file);
    const found = [
      occurrences(oneLine(text), fragment),
      sentencesOf(text).filter((known) => known.includes(fragment)).length,
    ];
    const unknown = "sections" in sentence ? sentence.sections.filter((section) => !(section in SECTIONS)) : [];
    const grounds = "sections" in sentence
      ? sentence.sections.length
      : "searched" in sentence
      ? sentence.searched
      : sentence.other;
    return found.every((count) => count === 1) && !unknown.length && grounds
      ? []
      : [{ file, fragment, found, unknown, grounds }];
  });
  assertEquals(flaws, []);
});

Deno.test("every sentence of README and docs that speaks of the paper has an entry in bench/claims/sentences.ts", () => {
  const without = files.flatMap((file) => {
    const own = sentences.filter((sentence) => sentence.file === file);
    return sentencesOf(Deno.readTextFileSync(file)).filter(speaksOfPaper)
      .filter((sentence) => !own.some(({ fragment }) => sentence.includes(fragment)))
      .map((sentence) => `${file}: ${sentence}`);
  });
  assertEquals(without, []);
});

Deno.test("sentences are told apart, and those that only name cases and methods of the paper are left out", () => {
  const text = "# The paper's `x`\n\nIt has 0.02 in Fig. 2 of A.\nThe paper\nsays no. `paper` is a profile.\n\n" +
    "- one of the paper's cases\n\n| a | of the authors |\n|---|---|\n| claimed (x). Next | b |\n\n```sh\n-p paper\n```\n";
  const found = sentencesOf(text);
  assertEquals(found, [
    "The paper's `x`",
    "It has 0.02 in Fig. 2 of A.",
    "The paper says no.",
    "`paper` is a profile.",
    "one of the paper's cases",
    "a",
    "of the authors",
    "claimed (x).",
    "Next",
    "b",
  ]);
  assertEquals(found.map(speaksOfPaper), [true, true, true, false, false, false, true, true, false, false]);
  assert(files.includes("docs/findings.md"));
});

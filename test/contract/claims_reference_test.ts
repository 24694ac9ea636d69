import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { lexer, type Token, type Tokens } from "marked";
import { entries } from "../../bench/claims/ledger.ts";
import { SECTIONS } from "../../bench/claims/sections.ts";
import { catalogue } from "../../bench/mod.ts";
import { columnsOf } from "../../src/catalogue/probe.ts";
import { CLAIM_VERDICTS } from "../../src/declare/claim.ts";
import { CLAIMS, withLedger } from "../../tools/docs/claims.ts";

const idsOf = (things: readonly { readonly id: string }[]) => things.map(({ id }) => id);

Deno.test("docs/claims.md is what 'deno task docs:claims' writes, and README and findings lead to it", () => {
  const text = Deno.readTextFileSync(CLAIMS);
  assertEquals(text, withLedger(text));
  for (const { id } of entries) assertStringIncludes(text, `| \`${id}\` `);
  assertStringIncludes(Deno.readTextFileSync("README.md"), "| [claims](docs/claims.md) ");
  assertStringIncludes(Deno.readTextFileSync("docs/findings.md"), "[claims.md](claims.md)");
});

Deno.test("claims of the ledger have names of their own, a sentence of ours and sections that exist", () => {
  assertEquals(new Set(idsOf(entries)).size, entries.length);
  for (const { id, sections, statement } of entries) {
    assert(/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id), id);
    assert(statement.length > 0 && !/[|"“”\n]/.test(statement), `${id}: ${statement}`);
    assert(sections.length > 0, id);
    assertEquals([id, sections.filter((section) => !(section in SECTIONS))], [id, []]);
  }
});

Deno.test("what a claim of the ledger is to be read from is in the catalogue", () => {
  const columns = columnsOf(catalogue.probes).map(({ name }) => name);
  const known = {
    cases: idsOf(catalogue.cases),
    algorithms: idsOf(catalogue.algorithms),
    probes: idsOf(catalogue.probes),
  };
  for (const { id, shows } of entries) {
    assert(shows.measure && shows.cases.length && shows.algorithms.length, id);
    const unknown = [
      ...shows.cases.filter((name) => !known.cases.includes(name)),
      ...shows.algorithms.filter((name) => !known.algorithms.includes(name)),
      ...(shows.probes ?? []).filter((name) => !known.probes.includes(name)),
      ...(shows.columns ?? []).filter((name) => !columns.includes(name)),
    ];
    assertEquals([id, unknown], [id, []]);
    // A column that only a probe fills is there only where that probe was asked for.
    const measured = catalogue.probes.filter((probe) => shows.probes?.includes(probe.id)).flatMap((probe) =>
      probe.columns
    );
    const others = catalogue.probes.flatMap((probe) => probe.columns).filter((column) => !measured.includes(column));
    assertEquals([id, shows.columns?.filter((name) => others.some((other) => other.name === name)) ?? []], [id, []]);
  }
});

/** What a section of the findings says it is about. */
interface Section {
  readonly anchor: string;
  /** Null where it does not say. */
  readonly about: readonly { readonly id: string; readonly verdict: string }[] | null;
}

const anchorOf = (heading: string) => heading.toLowerCase().replace(/[^\w -]/g, "").replaceAll(" ", "-");

/** The line of a section that begins with `Ledger:`, as ids with verdicts; `none` is none of them. */
function aboutOf(tokens: readonly Token[]): Section["about"] {
  const line = tokens.find((token) => token.type === "paragraph" && token.raw.startsWith("Ledger: "))?.raw;
  if (!line) return null;
  if (/^Ledger: none\. \S/.test(line)) return [];
  const about = [...line.matchAll(/`([a-z0-9-]+)`\s+\*\*([a-z ]+)\*\*/g)].map(([, id, verdict]) => ({ id, verdict }));
  return about.length ? about : null;
}

/** The sections of the third level of a Markdown text. */
function sectionsOf(markdown: string): Section[] {
  const tokens = lexer(markdown);
  return tokens.flatMap((token, start) => {
    if (token.type !== "heading" || token.depth !== 3) return [];
    const length = tokens.slice(start + 1).findIndex(({ type }) => type === "heading");
    const own = tokens.slice(start + 1, length < 0 ? undefined : start + 1 + length);
    return [{ anchor: anchorOf((token as Tokens.Heading).text), about: aboutOf(own) }];
  });
}

Deno.test("sections of the findings say which claims of the ledger they are about, or that they are about none", () => {
  const text =
    "### A & b\n\nx\n\nLedger: `a-1` **partly**,\n`b` **not supported**.\n\n### C\n\nLedger: none. Why.\n\n### D\n\nx\n";
  assertEquals(sectionsOf(text), [
    { anchor: "a--b", about: [{ id: "a-1", verdict: "partly" }, { id: "b", verdict: "not supported" }] },
    { anchor: "c", about: [] },
    { anchor: "d", about: null },
  ]);
});

Deno.test("findings and ledger name each other: the same claims, the same places, the same verdicts", () => {
  const sections = sectionsOf(Deno.readTextFileSync("docs/findings.md"));
  assertEquals(sections.filter(({ about }) => about === null).map(({ anchor }) => anchor), []);
  const found = sections.flatMap(({ anchor, about }) =>
    about!.map(({ id, verdict }) => `${id}: ${verdict} in ${anchor}`)
  );
  const told = entries.flatMap((entry) =>
    entry.state === "measured" ? entry.findings.map((anchor) => `${entry.id}: ${entry.verdict} in ${anchor}`) : []
  );
  assertEquals(found.toSorted(), told.toSorted());
  for (const entry of entries) {
    if (entry.state === "measured") assert(CLAIM_VERDICTS.includes(entry.verdict) && entry.findings.length, entry.id);
    else assert(entry.smallest && ["summary", "runs", "probe"].includes(entry.lacks), entry.id);
  }
});

import { assert, assertEquals, assertMatch } from "@std/assert";
import { createHash } from "node:crypto";
import config from "../../deno.json" with { type: "json" };
import { croissantJson } from "../../src/site/croissant.ts";
import { leaderboardCsv, runsCsv } from "../../src/site/downloads.ts";
import type { SiteData } from "../../src/site/site_data.ts";

const empty = { profile: "paper", engine: "onnx", updated: "2026-11-28T02:19:50.212Z", problems: [] };
const site = empty as unknown as SiteData;
const files = new Map([
  ["leaderboard.csv", leaderboardCsv(site)],
  ["runs.csv", runsCsv(site)],
  ...["leaderboard.json", "leaderboard.schema.json", "leaderboard.md"].map((path) => [path, `of ${path}`] as const),
]);

Deno.test("the metadata have what Croissant 1.0 requires, of the files as they are", () => {
  const told = JSON.parse(croissantJson(site, files, "https://example.org/hunt/"));
  assertEquals([told["@type"], told.conformsTo], ["sc:Dataset", "http://mlcommons.org/croissant/1.0"]);
  for (const key of ["name", "description", "citeAs"]) assert(told[key].length > 10, key);
  assertEquals([told.license, told.version], ["https://spdx.org/licenses/MIT.html", config.version]);
  assertEquals([told.url, told.dateModified], ["https://example.org/hunt/", site.updated]);
  assertMatch(told.datePublished, /^\d{4}-\d\d-\d\d$/);
  assert(told.creator.every(({ name }: { name: string }) => name.length > 0));
  assertEquals(told.citation[0].url, "https://arxiv.org/abs/2509.10562");
  for (const { "@id": path, contentUrl, sha256 } of told.distribution) {
    assertEquals(contentUrl, `https://example.org/hunt/${path}`);
    assertEquals(sha256, createHash("sha256").update(files.get(path)!).digest("hex"));
  }
  assertEquals(told.distribution.length, files.size);
  // Terms that the context does not know would be dropped by whoever reads it.
  const terms = ["conformsTo", "citeAs", "recordSet", "field", "dataType", "source", "extract", "column", "fileObject"];
  assertEquals(terms.filter((term) => !(term in told["@context"])), []);
});

Deno.test("every column of the tables is a field, in its order, with a name of its own", () => {
  const { recordSet } = JSON.parse(croissantJson(site, files, ""));
  for (const [i, path] of ["leaderboard.csv", "runs.csv"].entries()) {
    // deno-lint-ignore no-explicit-any -- as the format says
    const columns = recordSet[i].field.map(({ source }: any) => {
      assertEquals(source.fileObject, { "@id": path });
      return source.extract.column;
    });
    const header = columns.map((name: string) => name.includes(",") ? `"${name}"` : name).join(",");
    assertEquals(header, files.get(path)!.trim());
  }
  const fields = recordSet.flatMap(({ field }: { field: Record<string, string>[] }) => field);
  assertEquals(new Set(fields.map((each: Record<string, string>) => each["@id"])).size, fields.length);
  for (const { dataType, description } of fields) {
    assert(/^sc:(Text|Integer)$/.test(dataType) && description.length > 4);
  }
});

Deno.test("without an address what the metadata name is beside them", () => {
  const { url, distribution } = JSON.parse(croissantJson(site, files, ""));
  assertEquals([url, distribution[0].contentUrl], ["./", "leaderboard.json"]);
});

import { assert, assertEquals, assertMatch } from "@std/assert";
import { parse } from "yaml";
import config from "../../deno.json" with { type: "json" };

/** Keys of the schema of the Citation File Format 1.2.0: those that it requires, and all that it knows. */
const REQUIRED = ["authors", "cff-version", "message", "title"];
const KNOWN = [
  ...REQUIRED,
  ...["abstract", "commit", "contact", "date-released", "doi", "identifiers", "keywords", "license", "license-url"],
  ...["preferred-citation", "references", "repository", "repository-artifact", "repository-code", "type", "url"],
  "version",
];
const PERSON = [
  "family-names",
  "given-names",
  "name-particle",
  "name-suffix",
  "alias",
  "affiliation",
  "orcid",
  "email",
];

const citation = parse(Deno.readTextFileSync("CITATION.cff"), { strict: true, uniqueKeys: true });

/** An author is an entity, which has a name, or a person, who has parts of one. */
function assertAuthors(authors: readonly Record<string, string>[]): void {
  assert(Array.isArray(authors) && authors.length > 0);
  for (const author of authors) {
    const keys = Object.keys(author);
    assert(keys.length > 0 && (keys.includes("name") || keys.every((key) => PERSON.includes(key))), keys.join());
    for (const value of Object.values(author)) assert(typeof value === "string" && value.length > 0);
  }
}

Deno.test("CITATION.cff has what the format requires and nothing that it does not know", () => {
  for (const key of REQUIRED) assert(citation[key], key);
  assertEquals(Object.keys(citation).filter((key) => !KNOWN.includes(key)), []);
  assertEquals(citation["cff-version"], "1.2.0");
  assert(["software", "dataset"].includes(citation.type));
  for (const key of ["message", "title", "abstract", "version"]) assertEquals(typeof citation[key], "string", key);
  assertMatch(citation["date-released"], /^\d{4}-\d\d-\d\d$/);
  assertEquals(new Set(citation.keywords).size, citation.keywords.length);
  assertAuthors(citation.authors);
});

Deno.test("what it refers to is complete as well", () => {
  for (const { type, title, authors, identifiers = [] } of citation.references) {
    assert(typeof type === "string" && typeof title === "string");
    assertAuthors(authors);
    for (const { type, value } of identifiers) {
      assert(["doi", "url", "swh", "other"].includes(type));
      assertMatch(value, /\S/);
    }
  }
});

Deno.test("it names the version and the licence of deno.json", () => {
  assertEquals(citation.version, config.version);
  assertEquals(citation.license, config.license);
});

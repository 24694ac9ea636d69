import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { deno, whyItEnded } from "../../src/child.ts";
import { writeAtomically } from "../../src/files.ts";
import { type Declaration, type JsDoc, signature, typeText } from "./declarations.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
export const API = fileURLToPath(new URL("../../docs/api.md", import.meta.url));

/** Where the declarations of a group lie. */
const GROUPS: readonly (readonly [title: string, places: readonly string[]])[] = [
  ["Runs", ["mod.ts", "src/run/"]],
  ["Algorithms", ["src/algorithms/", "bench/algorithms/"]],
  ["Fields and their values", ["src/declare/"]],
  ["Cases and models", ["bench/cases/", "src/problem/"]],
  ["Probes and the catalogue", ["src/catalogue/", "bench/mod.ts"]],
  ["Data and random streams", ["src/data/"]],
  ["The tracer", ["src/jit/"]],
  ["Errors", ["src/errors.ts"]],
];

interface Export {
  readonly name: string;
  readonly declarations: readonly Declaration[];
}

/** A module as `deno doc --json` tells of it. */
interface Module {
  readonly module_doc: JsDoc;
  readonly symbols: readonly Export[];
}

/** What Deno says, given a text or nothing. @throws {Error} where it fails */
async function said(args: string[], given = ""): Promise<string> {
  const child = deno({ args, cwd: ROOT, stdin: "piped", stdout: "piped", stderr: "piped" }).spawn();
  const stdin = child.stdin.getWriter();
  await stdin.write(new TextEncoder().encode(given));
  await stdin.close();
  const output = await child.output();
  if (!output.success) throw new Error(`docs:api: deno ${args[0]}: ${whyItEnded(output)}`);
  return new TextDecoder().decode(output.stdout);
}

/** What is said of an export. Deno leaves a `@throws` on the line of a sentence in it, and a source below tags in the last. */
function docMarkdown({ doc = "", tags = [] }: JsDoc = {}): string[] {
  const [text, ...thrown] = doc.trim().split(/\s*@throws (?=\{)/);
  const inline = thrown.map((each) => each.replace(/^\{(\w+)\}/, "- throws `$1`"));
  const [sources, items] = [[] as string[], [] as string[]];
  for (const { kind, name, tsType, doc = "" } of tags) {
    if (kind === "example") continue;
    const [said, source = ""] = doc.split(/\n(?=Source: )/);
    const what = [kind === "param" ? "" : kind, tsType && `\`${typeText(tsType)}\``, name && `\`${name}\``];
    items.push(`- ${what.filter(Boolean).join(" ")}: ${said.replace(/\s+/g, " ")}`);
    sources.push(source);
  }
  return [text, [...items, ...inline].join("\n"), ...sources].filter(Boolean);
}

function exportMarkdown({ name, declarations }: Export): string[] {
  return declarations.flatMap((declaration) => [
    `### \`${name}\``,
    ...docMarkdown(declaration.jsDoc),
    `\`\`\`ts ignore\n${signature(name, declaration)}\n\`\`\``,
  ]);
}

/** The title of the group that an export belongs to. @throws {Error} where it belongs to none */
function groupOf({ name, declarations: [{ location }] }: Export): string {
  const path = relative(ROOT, fileURLToPath(location.filename)).replaceAll("\\", "/");
  const group = GROUPS.find(([, places]) => places.some((place) => path.startsWith(place)));
  if (!group) throw new Error(`docs:api: '${name}' lies in ${path}, which is in no group: add it to one`);
  return group[0];
}

/** The reference of the library as it should be. */
export async function apiReference(): Promise<string> {
  const { nodes } = JSON.parse(await said(["doc", "--json", "mod.ts"])) as { nodes: Record<string, Module> };
  const [{ module_doc: about, symbols }] = Object.values(nodes);
  const grouped = Map.groupBy(symbols, groupOf);
  const markdown = [
    "# Library",
    about.doc!.trim().replace(/docs\/([\w]+)\.md/g, "[$1]($1.md)"),
    "Every export of [`mod.ts`](../mod.ts), written by `deno task docs:api`; not to be edited. `tf` is TensorFlow.js. A type\n" +
    "that is named and has no entry is not exported: it is inferred where it is needed.",
    ...GROUPS.flatMap(([title]) => [`## ${title}`, ...(grouped.get(title) ?? []).flatMap(exportMarkdown)]),
  ];
  return await said(["fmt", "--ext", "md", "-"], markdown.join("\n\n") + "\n");
}

if (import.meta.main) writeAtomically(API, await apiReference());

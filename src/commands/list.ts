import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Definition } from "../declare/definition.ts";
import { engines } from "../engine/mod.ts";
import { find, UsageError } from "../errors.ts";
import { isPath } from "../catalogue/load.ts";
import { type Command, EXIT } from "./command.ts";
import { opened } from "./plugins.ts";

const HELP = `Show cases, algorithms, engines and profiles, one line each.

Usage: deno task list [NAME|FILE]

With the name of a case or an algorithm, or a file that defines some: its fields, their defaults and meanings (change them with bench --set NAME=VALUE).`;

function table(title: string, rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return `${title}\n${rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`).join("\n")}\n`;
}

const summaries = (items: readonly { id: string; summary: string }[]) =>
  items.map(({ id, summary }) => [id, summary] as const);

function overview({ cases, algorithms, profiles }: Catalogue): string {
  return [
    table("Cases", summaries(cases)),
    table("Algorithms", algorithms.map((a) => [a.id, `${a.summary}${a.control ? `; control: ${a.control}` : ""}`])),
    table("Engines", summaries(engines)),
    table("Profiles", summaries(profiles)),
  ].join("\n");
}

/** Fields of a case or an algorithm, with their defaults. */
function fieldsOf({ cases, algorithms }: Catalogue, name: string): string {
  const known: readonly Definition[] = [...cases, ...algorithms];
  const { id, fields, summary, source } = find("case or algorithm", known, name);
  const rows = Object.entries(fields).map(([name, field]) => [`${name} = ${field.value}`, field.doc] as const);
  return table(`${id}: ${summary} (${source})`, rows);
}

/** What a name stands for; a file for all that it defines. */
async function described(builtIn: Catalogue, name: string): Promise<string> {
  if (!isPath(name)) return fieldsOf(builtIn, name);
  const [catalogue, { cases, algorithms }] = await opened(builtIn, { cases: [name], algorithms: [name] });
  return [...cases, ...algorithms].map((id) => fieldsOf(catalogue, id)).join("\n");
}

export const list: Command = {
  name: "list",
  summary: "show cases, algorithms, engines and profiles",
  help: HELP,
  async run([name, ...rest], catalogue) {
    if (rest.length || name?.startsWith("-")) {
      throw new UsageError("list takes at most the name of one case or algorithm");
    }
    console.log(name ? await described(catalogue, name) : overview(catalogue));
    return EXIT.ok;
  },
};

import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Probe } from "../catalogue/probe.ts";
import type { Definition } from "../declare/definition.ts";
import { engines } from "../engine/mod.ts";
import { find, UsageError } from "../errors.ts";
import { isPath, urlsOf, withPlugins } from "../catalogue/load.ts";
import { type Command, EXIT } from "./command.ts";
import { here } from "./here.ts";

const HELP = `Show cases, algorithms, probes, engines and profiles, one line each.

Usage: deno task list [NAME|FILE]

With the name of a case or an algorithm, or a file that defines some: its fields, their defaults and meanings (change
them with bench --set NAME=VALUE). With that of a probe: the columns that it adds to a record (bench --probe NAME).`;

function table(title: string, rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return `${title}\n${rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`).join("\n")}\n`;
}

const summaries = (items: readonly { id: string; summary: string }[]) =>
  items.map(({ id, summary }) => [id, summary] as const);

function overview({ cases, algorithms, probes, profiles }: Catalogue): string {
  return [
    table("Cases", summaries(cases)),
    table("Algorithms", algorithms.map((a) => [a.id, `${a.summary}${a.control ? `; control: ${a.control}` : ""}`])),
    table("Probes", summaries(probes)),
    table("Engines", summaries(engines)),
    table("Profiles", summaries(profiles)),
  ].join("\n");
}

/** What is shown of one thing: its fields with their defaults, and the columns of a probe. */
type Shown = Definition & { readonly columns?: Probe["columns"] };

function fieldsOf({ cases, algorithms, probes }: Catalogue, name: string): string {
  const known: readonly Shown[] = [...cases, ...algorithms, ...probes];
  const { id, fields, columns = [], summary, source } = find("case, algorithm or probe", known, name);
  const rows = Object.entries(fields).map(([name, field]) => [`${name} = ${field.value}`, field.doc] as const);
  const measured = columns.map(({ name, doc }) => [name, doc] as const);
  return table(`${id}: ${summary} (${source})`, [...rows, ...measured]);
}

/** What a name stands for; a file for all that it defines. */
async function described(builtIn: Catalogue, name: string): Promise<string> {
  if (!isPath(name)) return fieldsOf(builtIn, name);
  const catalogue = await withPlugins(builtIn, urlsOf([name], here()));
  const { cases, algorithms, probes } = catalogue.plugins.at(-1)!;
  return [...cases, ...algorithms, ...probes].map((id) => fieldsOf(catalogue, id)).join("\n");
}

export const list: Command = {
  name: "list",
  summary: "show cases, algorithms, probes, engines and profiles",
  help: HELP,
  async run([name, ...rest], catalogue) {
    if (rest.length || name?.startsWith("-")) {
      throw new UsageError("list takes at most the name of one case, algorithm or probe");
    }
    console.log(name ? await described(catalogue, name) : overview(catalogue));
    return EXIT.ok;
  },
};

import { cases } from "../../bench/cases/mod.ts";
import { profiles } from "../../bench/profiles/mod.ts";
import { algorithms } from "../algorithms/mod.ts";
import { engines } from "../engine/mod.ts";
import { find, UsageError } from "../errors.ts";
import { type Command, EXIT } from "./command.ts";

const HELP = `Show cases, algorithms, engines and profiles, one line each.

Usage: deno task list [CASE]

With the name of a case: its fields, their defaults and meanings (change them with bench --set NAME=VALUE).`;

function table(title: string, rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return `${title}\n${rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`).join("\n")}\n`;
}

const summaries = (items: readonly { id: string; summary: string }[]) =>
  items.map(({ id, summary }) => [id, summary] as const);

function overview(): string {
  return [
    table("Cases", summaries(cases)),
    table("Algorithms", algorithms.map((a) => [a.id, `${a.summary}${a.control ? `; control: ${a.control}` : ""}`])),
    table("Engines", summaries(engines)),
    table("Profiles", summaries(profiles)),
  ].join("\n");
}

function fieldsOf(id: string): string {
  const { fields, summary, source } = find("case", cases, id);
  const rows = Object.entries(fields).map(([name, field]) => [`${name} = ${field.value}`, field.doc] as const);
  return table(`${id}: ${summary} (${source})`, rows);
}

export const list: Command = {
  name: "list",
  summary: "show cases, algorithms, engines and profiles",
  help: HELP,
  run([name, ...rest]) {
    if (rest.length || name?.startsWith("-")) throw new UsageError("list takes at most the name of one case");
    console.log(name ? fieldsOf(name) : overview());
    return Promise.resolve(EXIT.ok);
  },
};

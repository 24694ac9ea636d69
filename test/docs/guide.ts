import { dirname, join } from "node:path";
import { lexer, type Token } from "marked";
import { edited } from "../../tools/audit/tree.ts";

const GUIDE = new URL("../../docs/guide.md", import.meta.url);

/** What the worked example of the guide says to do. */
export interface Example {
  /** Contents of new files, by path. */
  readonly created: Readonly<Record<string, string>>;
  readonly changed: readonly { readonly file: string; readonly find: string; readonly replace: string }[];
  readonly commands: readonly string[];
}

/** The section under a heading of the second level. */
function sectionOf(title: string): Token[] {
  const tokens = lexer(Deno.readTextFileSync(GUIDE));
  const isHeading = (token: Token) => token.type === "heading" && token.depth === 2;
  const start = tokens.findIndex((token) => isHeading(token) && "text" in token && token.text === title);
  if (start < 0) throw new Error(`docs/guide.md has no section '${title}'`);
  const length = tokens.slice(start + 1).findIndex(isHeading);
  return tokens.slice(start + 1, length < 0 ? undefined : start + 1 + length);
}

/** A section as it is written. */
export const textOf = (title: string): string => sectionOf(title).map(({ raw }) => raw).join("");

/** The last path that a paragraph names. */
const fileIn = (text: string): string | undefined =>
  [...text.matchAll(/`((?:src|test|bench)\/[^`]+)`/g)].map(([, path]) => path).at(-1);

/** A side of a hunk: the lines that are the same and those with this sign. */
const side = (hunk: readonly string[], sign: string): string =>
  hunk.filter((line) => line[0] !== (sign === "-" ? "+" : "-")).map((line) => `${line.slice(1)}\n`).join("");

function hunksOf(diff: string): { find: string; replace: string }[] {
  return diff.split(/^@@\n/m).map((text) => text.replace(/\n$/, "").split("\n"))
    .map((hunk) => ({ find: side(hunk, "-"), replace: side(hunk, "+") }));
}

/** Reads the example: `ts` blocks are new files, `diff` blocks changes of the file that the text before them names last. */
export function exampleOf(title: string): Example {
  const created: Record<string, string> = {};
  const changed: Example["changed"][number][] = [];
  const commands: string[] = [];
  let file: string | undefined;
  for (const token of sectionOf(title)) {
    if (token.type === "paragraph") file = fileIn(token.text) ?? file;
    if (token.type !== "code") continue;
    if (token.lang === "sh") commands.push(...token.text.split("\n"));
    else if (!file) throw new Error(`docs/guide.md does not say which file this is of: ${token.text}`);
    else if (token.lang === "ts ignore") created[file] = `${token.text}\n`;
    else if (token.lang === "diff") changed.push(...hunksOf(token.text).map((hunk) => ({ file: file!, ...hunk })));
  }
  return { created, changed, commands };
}

/** Makes the example's changes in a copy of the project; a change that does not fit exactly once is refused. */
export function applyExample({ created, changed }: Example, folder: string): void {
  for (const [file, text] of Object.entries(created)) {
    Deno.mkdirSync(dirname(join(folder, file)), { recursive: true });
    Deno.writeTextFileSync(join(folder, file), text);
  }
  for (const { file, find, replace } of changed) {
    const path = join(folder, file);
    Deno.writeTextFileSync(path, edited("guide", { file, find, replace }, Deno.readTextFileSync(path)));
  }
}

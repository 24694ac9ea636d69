import { join } from "node:path";
import { lexer, type Token } from "marked";

const GUIDE = new URL("../../docs/guide.md", import.meta.url);

/** What a worked example of the guide says to do. */
export interface Example {
  /** Contents of files, by their names. */
  readonly files: Readonly<Record<string, string>>;
  /** Commands, in their order. */
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

/** The last file that a paragraph names. */
const fileIn = (text: string): string | undefined =>
  [...text.matchAll(/`([\w/]+\.(?:ts|json|py))`/g)].map(([, path]) => path).at(-1);

/** The tokens of a section, those inside of list items among them. */
const flat = (tokens: readonly Token[]): Token[] =>
  tokens.flatMap((token) => {
    if (token.type === "list") return token.items.flatMap((item: { tokens: Token[] }) => flat(item.tokens));
    return [token];
  });

const LANGUAGES = ["ts ignore", "json", "python"];

/** Reads an example: code is of the file that the text before it names last, and `sh` is to be done. */
export function exampleOf(title: string): Example {
  const files: Record<string, string> = {};
  const commands: string[] = [];
  let file: string | undefined;
  for (const token of flat(sectionOf(title))) {
    if (token.type === "paragraph" || token.type === "text") file = fileIn(token.text) ?? file;
    if (token.type !== "code") continue;
    if (token.lang === "sh") commands.push(...token.text.split("\n"));
    else if (!file) throw new Error(`docs/guide.md does not say which file this is of: ${token.text}`);
    else if (LANGUAGES.includes(token.lang)) files[file] = `${token.text}\n`;
  }
  return { files, commands };
}

/** Writes the files of an example into a folder. */
export function writeFiles({ files }: Example, folder: string): void {
  for (const [file, text] of Object.entries(files)) Deno.writeTextFileSync(join(folder, file), text);
}

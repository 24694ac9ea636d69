import { cli } from "./runs.ts";

/** The committed records of a profile, published without a word of warning into a temporary folder; who asks removes it. */
export async function publishedSite(...args: string[]): Promise<string> {
  const parent = Deno.makeTempDirSync();
  const out = `${parent}/site`;
  const { code, stderr } = await cli([
    "publish",
    "-p",
    "paper",
    "--results",
    "expected/paper/records",
    "--out",
    out,
    ...args,
  ]);
  if (code !== 0 || stderr !== "") throw new Error(`publish ended with ${code}: ${stderr}`);
  return out;
}

/** Every file of a folder, by path in it. */
export function* filesOf(folder: string, under = ""): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(`${folder}/${under}`)) {
    const path = under ? `${under}/${name}` : name;
    if (isDirectory) yield* filesOf(folder, path);
    else yield path;
  }
}

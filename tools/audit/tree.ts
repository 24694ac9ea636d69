import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { UsageError } from "../../src/errors.ts";
import type { Mutant } from "./mutants.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** What a run of the suite needs of the project; data are read where they are. */
const PARTS = ["main.ts", "deno.json", "deno.lock", "src", "bench", "std", "data/mnist.json", "expected"];

function copy(from: string, to: string): void {
  if (!Deno.statSync(from).isDirectory) {
    Deno.mkdirSync(dirname(to), { recursive: true });
    return Deno.copyFileSync(from, to);
  }
  Deno.mkdirSync(to, { recursive: true });
  for (const { name } of Deno.readDirSync(from)) copy(join(from, name), join(to, name));
}

/**
 * Copies the project to a new temporary folder, so that an audit that takes a while sees one state of it.
 *
 * @param expected a folder whose expectations take the place of the project's
 * @param dir where the new folder is made; left out, among the temporary files of the machine
 * @returns the folder, for whoever asked to remove
 */
export function snapshot(expected?: string, root = ROOT, dir?: string): string {
  const folder = Deno.makeTempDirSync({ dir, prefix: "gate-audit-" });
  for (const part of PARTS) copy(join(root, part), join(folder, part));
  if (expected) {
    for (const { name } of Deno.readDirSync(expected)) copy(join(expected, name), join(folder, "expected", name));
  }
  return folder;
}

/** The text of a mutant's file with its slip in it. @throws {UsageError} when the mutant fits no more */
export function mutated({ id, file, find, replace }: Omit<Mutant, "what">, text: string): string {
  const places = text.split(find).length - 1;
  if (places !== 1) throw new UsageError(`mutant '${id}': its text is ${places} times in ${file}, expected once`);
  if (find === replace) throw new UsageError(`mutant '${id}' changes nothing`);
  // A function, because `$` means something in a replacement text.
  return text.replace(find, () => replace);
}

/** @throws {UsageError} when a mutant fits no more, before anything is run */
export function assertApplies(mutant: Mutant, root = ROOT): void {
  let text: string;
  try {
    text = Deno.readTextFileSync(join(root, mutant.file));
  } catch {
    throw new UsageError(`mutant '${mutant.id}': there is no file ${mutant.file}`);
  }
  mutated(mutant, text);
}

/** Works in a copy of `base`, beside it, with a mutant's slip in it (null: without); the copy is removed in the end. */
export async function inCopy<T>(base: string, mutant: Mutant | null, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = snapshot(undefined, base, dirname(base));
  try {
    if (mutant) {
      const path = join(folder, mutant.file);
      Deno.writeTextFileSync(path, mutated(mutant, Deno.readTextFileSync(path)));
    }
    return await work(folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

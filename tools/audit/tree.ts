import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { UsageError } from "../../src/errors.ts";
import { catalogue } from "../../bench/mod.ts";
import type { Edit, JudgeMutant, Mutant } from "./mutants/mod.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** What a run of the suite needs of the project; data are read where they are. */
const PARTS = [
  ...["main.ts", "deno.json", "deno.lock", "src", "bench", "std", "data/mnist.json", "expected"],
  // What stands in the catalogue's place, and what judges those who judge.
  ...["tools", "test"],
];

/** The catalogue, and where it lies in a copy in which a faulty one has its place. */
const CATALOGUE = "bench/mod.ts";
const SOUND = "bench/sound.ts";

/** The module that has the catalogue's place in the copy of a mutant that is a fault. */
const faultyModule = (id: string): string =>
  [
    'import { faulty } from "../tools/audit/mutants/mod.ts";',
    'import { catalogue as sound } from "./sound.ts";',
    `export const catalogue = faulty(sound, ${JSON.stringify(id)});`,
    "",
  ].join("\n");

/** Copies a file, or a folder into what is there already. */
export function copy(from: string, to: string): void {
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

/** The text of a file with a slip in it. @throws {UsageError} when it fits no more */
export function edited(id: string, { file, find, replace }: Edit, text: string): string {
  const places = text.split(find).length - 1;
  if (places !== 1) throw new UsageError(`mutant '${id}': its text is ${places} times in ${file}, expected once`);
  if (find === replace) throw new UsageError(`mutant '${id}' changes nothing`);
  // A function, because `$` means something in a replacement text.
  return text.replace(find, () => replace);
}

/** A mutant's file with its slip in it. @throws {UsageError} when there is none, or it fits no more */
function editedIn(root: string, id: string, edit: Edit): string {
  let text: string;
  try {
    text = Deno.readTextFileSync(join(root, edit.file));
  } catch {
    throw new UsageError(`mutant '${id}': there is no file ${edit.file}`);
  }
  return edited(id, edit, text);
}

/** @throws {UsageError} when a mutant fits no more, before anything is run */
export function assertApplies(mutant: Mutant | JudgeMutant, root = ROOT): void {
  if ("edit" in mutant) editedIn(root, mutant.id, mutant.edit);
  else mutant.fault(catalogue);
}

/** Makes the slip of a mutant in a copy of the project. */
function apply(mutant: Mutant | JudgeMutant, folder: string): void {
  if ("edit" in mutant) {
    return Deno.writeTextFileSync(join(folder, mutant.edit.file), editedIn(folder, mutant.id, mutant.edit));
  }
  Deno.renameSync(join(folder, CATALOGUE), join(folder, SOUND));
  Deno.writeTextFileSync(join(folder, CATALOGUE), faultyModule(mutant.id));
}

/** Works in a copy of `base`, beside it, with a mutant's slip in it (null: without); the copy is removed in the end. */
export async function inCopy<T>(
  base: string,
  mutant: Mutant | JudgeMutant | null,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = snapshot(undefined, base, dirname(base));
  try {
    if (mutant) apply(mutant, folder);
    return await work(folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

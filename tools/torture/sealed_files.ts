import { join } from "node:path";
import type { Catalogue } from "../../src/catalogue/catalogue.ts";
import type { Stream } from "../../src/data/stream.ts";
import { UsageError } from "../../src/errors.ts";
import { namesIn } from "../../src/files.ts";
import { loadCanaries } from "../../src/gate/canary/mod.ts";
import { readExpectation } from "../../src/gate/expectation.ts";
import { readArchive } from "../../src/run/record/archive.ts";
import { canonical } from "../../src/run/record/seal.ts";
import { damageFile } from "./damage.ts";

/** Reads a kind of file of a folder of expectations; null where it is refused. */
type Read = (root: string, catalogue: Catalogue) => unknown;

function orRefused<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof UsageError) return null;
    throw error;
  }
}

/** What is read of the profile `smoke`, by the folder that it is read from. */
const READERS: Readonly<Record<string, Read>> = {
  "smoke": (root) =>
    ["tiny-add", "tiny-div", "tiny-glyphs"].map((id) => orRefused(() => readExpectation("smoke", id, root))),
  "smoke/records": (root, catalogue) => {
    const { records, rejected } = readArchive(join(root, "smoke/records"), catalogue);
    return rejected.length ? null : records;
  },
  "canary": (root) => orRefused(() => loadCanaries(join(root, "canary"))),
};
export const SEALED_FOLDERS = Object.keys(READERS);

/** Whether all that is read is what was read before, or a part of it is refused. */
function isRefusedOr(before: unknown, after: unknown): boolean {
  if (after === null || canonical(after) === canonical(before)) return true;
  return Array.isArray(after) && Array.isArray(before) && after.includes(null) &&
    after.every((part, i) => part === null || canonical(part) === canonical(before[i]));
}

/** A copy of `expected/` whose files are damaged one after the other. */
export class SealedFiles {
  readonly #before = new Map<string, unknown>();

  constructor(readonly root: string, readonly catalogue: Catalogue) {}

  /** Damages a file of a folder, reads, and puts it back. @returns its path where it was taken for something else */
  damage(folder: string, kind: string, random: Stream): string[] {
    const read = () => READERS[folder](this.root, this.catalogue);
    if (!this.#before.has(folder)) this.#before.set(folder, read());
    const names = namesIn(join(this.root, folder)).filter((name) => /\.jsonl?$/.test(name)).sort();
    const path = join(this.root, folder, names[random.integer(names.length)]);
    const bytes = Deno.readFileSync(path);
    damageFile(path, kind, random);
    const accepted = isRefusedOr(this.#before.get(folder), read()) ? [] : [path];
    Deno.writeFileSync(path, bytes);
    return accepted;
  }
}

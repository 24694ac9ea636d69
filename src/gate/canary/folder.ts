import { join } from "node:path";
import { misshapen, parseJson } from "../../documents/document.ts";
import { UsageError } from "../../errors.ts";
import { textIfThere } from "../../files.ts";
import { type Sealed, sealed, sealIsIntact } from "../../run/record/seal.ts";
import { parseCanaryFile, type Reference } from "./reference.ts";

/** `expected/canary/index.json`: which files there are, so that one that is gone is missed. */
interface Index {
  /** The seal of `<case>.json`, by case. */
  readonly files: Readonly<Record<string, string>>;
}

const INDEX = "index.json";

function readText(path: string): string {
  const text = textIfThere(path);
  if (text === null) throw new UsageError(`canaries: ${path} is missing; restore it with git`);
  return text;
}

function readIndex(folder: string): Index {
  const path = join(folder, INDEX);
  const refuse = (why: string) => new UsageError(`canaries: ${path} is damaged, ${why}; restore it with git`);
  const read = parseJson(readText(path));
  if ("rejected" in read) throw refuse(`it ${read.rejected}`);
  const index = (read.document ?? {}) as Sealed<Index>;
  if (!sealIsIntact(index)) throw refuse("its seal does not fit");
  const wrong = misshapen("index of canaries", index);
  if (wrong) throw refuse(wrong);
  return index;
}

/** The text of the index of a folder's files. */
export function indexText(folder: string): string {
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name)
    .filter((name) => name.endsWith(".json") && name !== INDEX).sort();
  const entries = names.map((name) => {
    const path = join(folder, name);
    return [name.slice(0, -".json".length), parseCanaryFile(readText(path), path).seal];
  });
  return JSON.stringify(sealed<Index>({ files: Object.fromEntries(entries) }), null, 1) + "\n";
}

/** Where the index of a folder lies. */
export const indexPath = (folder: string): string => join(folder, INDEX);

/**
 * Every reference in a folder, cheap ones first: by size of the model and number of steps, then by the order in the file.
 *
 * @throws {UsageError} when one is missing, is another than the index says, or cannot be read.
 */
export function loadCanaries(folder: string): Reference[] {
  const found = Object.entries(readIndex(folder).files).flatMap(([id, expected]) => {
    const path = join(folder, `${id}.json`);
    const { seal, references } = parseCanaryFile(readText(path), path);
    if (seal !== expected) {
      throw new UsageError(`canaries: ${path} is another file than ${INDEX} says; restore both with git`);
    }
    return references;
  });
  const cost = ({ parameters, samples }: Reference) => parameters * samples.train;
  return found.sort((x, y) => cost(x) - cost(y) || x.case.localeCompare(y.case));
}

import { minimatch } from "minimatch";
import { dirname, join, relative, sep } from "node:path";
import { UsageError } from "../../src/errors.ts";
import { namesIn, statIfThere } from "../../src/files.ts";
import { copy } from "../audit/tree.ts";

/** The folder that all paths have in common. */
function commonFolder(paths: readonly string[]): string {
  const [first, ...others] = paths.map((path) => path.split(sep));
  const shared = first.findIndex((part, i) => others.some((other) => other[i] !== part));
  return (shared < 0 ? first : first.slice(0, shared)).join(sep) || sep;
}

/**
 * Artifacts of one run of a workflow, each a folder, as `actions/upload-artifact` and `download-artifact` have them: paths
 * are kept below what the search paths have in common, hidden files are left out unless they are asked for, and an artifact
 * of a name that is there is refused unless it may be overwritten.
 */
export class Artifacts {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  /** @returns how many files; none makes no artifact, which is a warning there. */
  upload(
    name: string,
    patterns: readonly string[],
    { hidden, overwrite }: { readonly hidden: boolean; readonly overwrite: boolean },
  ): number {
    const searched = patterns.map(searchPathOf);
    const paths = [...new Set(patterns.flatMap((pattern, i) => filesOf(pattern, searched[i], hidden)))];
    if (paths.length === 0) return 0;
    const target = join(this.#root, name);
    if (this.names().includes(name)) {
      if (!overwrite) throw new UsageError(`upload-artifact: there is an artifact '${name}' already`);
      Deno.removeSync(target, { recursive: true });
    }
    // Of one file that was named itself the folder around it.
    const common = commonFolder(searched);
    const base = searched.length === 1 && paths.length === 1 && paths[0] === common ? dirname(common) : common;
    for (const path of paths) copy(path, join(target, relative(base, path)));
    return paths.length;
  }

  names(): string[] {
    return namesIn(this.#root).sort();
  }

  /** @returns how many artifacts were taken. @throws {UsageError} where one that was named is not there */
  download(
    { name, pattern, merge }: { readonly name?: string; readonly pattern?: string; readonly merge: boolean },
    to: string,
  ): number {
    const wanted = name === undefined ? this.names().filter((each) => minimatch(each, pattern ?? "*")) : [name];
    for (const each of wanted) {
      if (!this.names().includes(each)) throw new UsageError(`download-artifact: there is no artifact '${each}'`);
      copy(join(this.#root, each), join(to, name !== undefined || merge ? "" : each));
    }
    return wanted.length;
  }
}

/** The part of a pattern before the first segment with a wildcard: where the search begins. */
function searchPathOf(pattern: string): string {
  const parts = pattern.split(sep);
  const wild = parts.findIndex((part) => /[*?[]/.test(part));
  return (wild < 0 ? parts : parts.slice(0, wild)).join(sep);
}

/** The files that a pattern finds; of a folder everything in it. */
function filesOf(pattern: string, searched: string, hidden: boolean): string[] {
  const found = statIfThere(searched);
  if (!found) return [];
  if (found.isFile) return [searched];
  const wanted = pattern === searched ? `${pattern}/**` : pattern;
  const shown = (path: string) => hidden || !relative(searched, path).split(sep).some((part) => part.startsWith("."));
  return [...filesBelow(searched)].filter((path) => shown(path) && minimatch(path, wanted, { dot: true }));
}

export function* filesBelow(folder: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    const path = join(folder, name);
    if (isDirectory) yield* filesBelow(path);
    else yield path;
  }
}

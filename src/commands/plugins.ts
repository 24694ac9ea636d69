import type { Catalogue } from "../catalogue/catalogue.ts";
import { isPath, urlsOf, withPlugins } from "../catalogue/load.ts";
import type { Plugin } from "../catalogue/catalogue.ts";
import { here } from "./here.ts";

/** Names on the command line, of which some may be files. */
interface Names {
  readonly cases: readonly string[];
  readonly algorithms: readonly string[];
}

/**
 * Loads the files among the names of cases and algorithms; each stands for what it defines of that kind.
 *
 * @throws {UsageError} for a file that cannot be loaded or does not conform
 */
export async function opened<T extends Names>(catalogue: Catalogue, choice: T): Promise<[Catalogue, T]> {
  const paths = [...choice.cases, ...choice.algorithms].filter(isPath);
  if (paths.length === 0) return [catalogue, choice];
  const known = await withPlugins(catalogue, urlsOf(paths, here()));
  const idsOf = (names: readonly string[], kind: "cases" | "algorithms") =>
    names.flatMap((name) => isPath(name) ? pluginAt(known, name)[kind] : [name]);
  const opened = { cases: idsOf(choice.cases, "cases"), algorithms: idsOf(choice.algorithms, "algorithms") };
  return [known, { ...choice, ...opened }];
}

const pluginAt = ({ plugins }: Catalogue, path: string): Plugin =>
  plugins.find(({ url }) => url === urlsOf([path], here())[0])!;

import type { Catalogue } from "../catalogue/catalogue.ts";
import { isPath, urlsOf, withPlugins } from "../catalogue/load.ts";
import type { Plugin } from "../catalogue/catalogue.ts";
import { UsageError } from "../errors.ts";
import { here } from "./here.ts";

/** Names on the command line, of which some may be files. */
interface Names {
  readonly cases: readonly string[];
  readonly algorithms: readonly string[];
  readonly probes?: readonly string[];
}

/**
 * Loads the files among the names of cases, algorithms and probes; each stands for what it defines of that kind.
 *
 * @throws {UsageError} for a file that cannot be loaded or does not conform
 */
export async function opened<T extends Names>(catalogue: Catalogue, choice: T): Promise<[Catalogue, T]> {
  const { cases, algorithms, probes } = choice;
  const paths = [...cases, ...algorithms, ...probes ?? []].filter(isPath);
  if (paths.length === 0) return [catalogue, choice];
  const known = await withPlugins(catalogue, urlsOf(paths, here()));
  const idsOf = (names: readonly string[], kind: "cases" | "algorithms" | "probes") =>
    names.flatMap((name) => isPath(name) ? pluginAt(known, name)[kind] : [name]);
  const opened = {
    cases: idsOf(cases, "cases"),
    algorithms: idsOf(algorithms, "algorithms"),
    ...(probes ? { probes: idsOf(probes, "probes") } : {}),
  };
  const empty = probes?.find((name) => isPath(name) && pluginAt(known, name).probes.length === 0);
  if (empty !== undefined) throw new UsageError(`--probe '${empty}': the file exports no probe (defineProbe)`);
  return [known, { ...choice, ...opened }];
}

const pluginAt = ({ plugins }: Catalogue, path: string): Plugin =>
  plugins.find(({ url }) => url === urlsOf([path], here())[0])!;

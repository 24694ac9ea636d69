import type { Catalogue } from "../catalogue/catalogue.ts";
import { isPath, urlsOf, withPlugins } from "../catalogue/load.ts";
import { UsageError } from "../errors.ts";
import { here } from "./here.ts";

/** Names on the command line, of which some may be files. */
interface Names {
  readonly cases: readonly string[];
  readonly algorithms: readonly string[];
  readonly probes?: readonly string[];
}

/** What a file may define, by flag and by what defines it. */
const KINDS = {
  cases: ["case", "defineCase, modularCase, glyphsCase"],
  algorithms: ["algorithm", "defineAlgorithm"],
  probes: ["probe", "defineProbe"],
} as const;
type Kind = keyof typeof KINDS;

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
  const idsOf = (names: readonly string[], kind: Kind) =>
    names.flatMap((name) => isPath(name) ? definedIn(known, name, kind) : [name]);
  const opened = {
    cases: idsOf(cases, "cases"),
    algorithms: idsOf(algorithms, "algorithms"),
    ...(probes ? { probes: idsOf(probes, "probes") } : {}),
  };
  return [known, { ...choice, ...opened }];
}

/** What a file defines of one kind. @throws {UsageError} when it defines none: no name at all would mean every one */
function definedIn({ plugins }: Catalogue, path: string, kind: Kind): readonly string[] {
  const found = plugins.find(({ url }) => url === urlsOf([path], here())[0])![kind];
  if (found.length === 0) {
    const [flag, definer] = KINDS[kind];
    throw new UsageError(`--${flag} '${path}': the file exports no ${flag} (${definer})`);
  }
  return found;
}

import type { Algorithm } from "../algorithms/algorithm.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { urlsOf, withPlugins } from "../catalogue/load.ts";
import { find, UsageError } from "../errors.ts";
import { here } from "./here.ts";

/** The one method of a file that can be searched. @throws {UsageError} */
export async function entrantIn(builtIn: Catalogue, file: string): Promise<[Catalogue, Algorithm]> {
  const catalogue = await withPlugins(builtIn, urlsOf([file], here()));
  const own = catalogue.plugins.at(-1)!.algorithms.map((id) => find("algorithm", catalogue.algorithms, id));
  const searchable = own.filter(({ search = {} }) => Object.keys(search).length > 0);
  const ids = (algorithms: readonly Algorithm[]) => algorithms.map(({ id }) => `'${id}'`).join(", ");
  const refuse = (why: string) => new UsageError(`enter '${file}': ${why}`);
  if (own.length === 0) throw refuse("the file exports no algorithm (defineAlgorithm)");
  if (searchable.length === 0) {
    throw refuse(`${ids(own)} declares no 'search'; give it the ranges in which its constants may lie`);
  }
  if (searchable.length > 1) throw refuse(`${ids(searchable)} declare a 'search'; leave it to the one that is entered`);
  return [catalogue, searchable[0]];
}

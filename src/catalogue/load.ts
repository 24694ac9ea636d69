import { isAbsolute, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Algorithm, defineAlgorithm } from "../algorithms/algorithm.ts";
import { parameterCount } from "../algorithms/layout.ts";
import { stream } from "../data/stream.ts";
import { assertDefinition } from "../declare/definition.ts";
import { configure } from "../declare/field.ts";
import { UsageError } from "../errors.ts";
import { type Case, refuseShared } from "../problem/case.ts";
import type { Catalogue, Plugin } from "./catalogue.ts";
import { assertApart, defineProbe, type Probe } from "./probe.ts";

/** Whether a name on the command line is a file: `./mine.ts`, `/home/me/mine.ts`, `../cases/small.ts`. */
export const isPath = (name: string): boolean => /\.[cm]?[jt]s$/.test(name) || /^\.{0,2}[/\\]/.test(name);

const isCase = (value: unknown): value is Case =>
  typeof value === "object" && value !== null && "configure" in value && "prepare" in value;

const isAlgorithm = (value: unknown): value is Algorithm =>
  typeof value === "object" && value !== null && "phases" in value && "fields" in value;

const isProbe = (value: unknown): value is Probe =>
  typeof value === "object" && value !== null && "columns" in value && "program" in value;

/** The first line of what is wrong, and where that stands below it. */
function line(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const [first, ...rest] = text.split("\n");
  const place = /\bfile:\S+:\d+:\d+/.exec(rest.join("\n"));
  return place ? `${first} (${place[0]})` : first;
}

/** Everything a module exports, lists among it opened, each once. */
const exported = (module: Readonly<Record<string, unknown>>): unknown[] => [
  ...new Set(Object.values(module).flatMap((value) => Array.isArray(value) ? value : [value])),
];

/**
 * Lets an algorithm make its phases once, so that what is wrong with them is said before any work: on the first case whose
 * model it takes, for it may be for perceptrons only.
 *
 * @throws {UsageError}
 */
function assertTrains(algorithm: Algorithm, cases: readonly Case[]): void {
  const complaints = [];
  for (const found of cases) {
    try {
      return assertTrainsOn(algorithm, found);
    } catch (error) {
      complaints.push(error);
    }
  }
  throw complaints[0];
}

function assertTrainsOn(algorithm: Algorithm, found: Case): void {
  const layout = found.model(found.configure({})).layout;
  const hyper = configure(`algorithm '${algorithm.id}'`, algorithm.fields, algorithm.presets?.(found) ?? {});
  const phases = algorithm.phases(hyper, layout);
  if (!(phases.length > 0)) throw new UsageError(`algorithm '${algorithm.id}': it has no phases`);
  const ends = phases.map(({ until }) => until?.kind === "end");
  if (ends.indexOf(true) !== phases.length - 1) {
    throw new UsageError(`algorithm '${algorithm.id}': its last phase, and no other, must go on to the end of the run`);
  }
  const { prey } = phases[0].enter({ prey: new Float32Array(parameterCount(layout)) }, stream(0, "direction"));
  if (!(prey instanceof Float32Array)) {
    throw new UsageError(`algorithm '${algorithm.id}': its state has no leaf 'prey'`);
  }
}

interface Named {
  readonly id: string;
}

function assertNew(kind: string, own: Named, known: readonly Named[]): void {
  if (known.some((other) => other !== own && other.id === own.id)) {
    throw new UsageError(`${kind} '${own.id}' is there already; choose another id`);
  }
}

/** The catalogue with what a file defines. @throws {UsageError} with one line when the file is none, or does not conform */
async function withPlugin(catalogue: Catalogue, url: string): Promise<Catalogue> {
  if (catalogue.plugins.some((plugin) => plugin.url === url)) return catalogue;
  const refuse = (why: string) => new UsageError(`plug-in '${fileURLToPath(url)}': ${why}`);
  let values: readonly unknown[];
  try {
    values = exported(await import(url));
  } catch (error) {
    throw refuse(`it cannot be loaded: ${line(error)}`);
  }
  const [cases, algorithms, probes] = [values.filter(isCase), values.filter(isAlgorithm), values.filter(isProbe)];
  if (cases.length + algorithms.length + probes.length === 0) {
    throw refuse(
      "it exports neither an algorithm (defineAlgorithm) nor a case (defineCase, modularCase, glyphsCase) nor a probe " +
        "(defineProbe)",
    );
  }
  const known: Catalogue = {
    ...catalogue,
    cases: [...catalogue.cases, ...cases],
    algorithms: [...catalogue.algorithms, ...algorithms],
    probes: [...catalogue.probes, ...probes],
  };
  try {
    for (const each of cases) assertNew("case", each, known.cases);
    for (const each of algorithms) assertNew("algorithm", each, known.algorithms);
    probes.forEach(defineProbe);
    assertApart(known.probes);
    for (const each of cases) assertDefinition("case", each);
    for (const each of algorithms) {
      defineAlgorithm(each);
      if (each.control !== null) findControl(each, known.algorithms);
      assertTrains(each, known.cases);
    }
    for (const found of known.cases) for (const each of known.algorithms) refuseShared(found, each);
  } catch (error) {
    throw refuse(line(error));
  }
  const ids = (items: readonly { readonly id: string }[]) => items.map(({ id }) => id);
  const plugin: Plugin = { url, cases: ids(cases), algorithms: ids(algorithms), probes: ids(probes) };
  return { ...known, plugins: [...catalogue.plugins, plugin] };
}

function findControl({ id, control }: Algorithm, known: readonly Algorithm[]): void {
  if (known.some((other) => other.id === control)) return;
  throw new UsageError(`algorithm '${id}': its control '${control}' is not there; name one that is, or export it too`);
}

/** Addresses of files that were named on the command line, relative to a folder. */
export const urlsOf = (paths: readonly string[], folder: string): string[] =>
  paths.map((path) => pathToFileURL(isAbsolute(path) ? path : resolve(folder, path)).href);

/** The catalogue with the plug-ins at these addresses, in their order. @throws {UsageError} */
export async function withPlugins(catalogue: Catalogue, urls: readonly string[]): Promise<Catalogue> {
  let known = catalogue;
  for (const url of urls) known = await withPlugin(known, url);
  return known;
}

import type { Catalogue } from "../catalogue/catalogue.ts";
import { completed, differing, naming, type Values, valuesText } from "../declare/field.ts";
import { BUDGET, type CommonConfig } from "../problem/case.ts";
import type { RunSummary } from "../run/record/record.ts";
import { fingerprint } from "../run/record/seal.ts";
import { hyperDefaults, type Trial } from "../run/trial.ts";

/** A problem under an algorithm with its constants: what several seeds are a sample of. */
export interface Cell {
  /** First 12 hexadecimal digits of the SHA-256 of case, fields without the budget, algorithm and its fields. */
  readonly key: string;
  /** The same of case and fields alone: cells of one problem have it in common. */
  readonly problem: string;
  readonly case: string;
  /** How the problem differs from the case's defaults, without the budget. */
  readonly variant: Values;
  readonly algorithm: string;
  /** Every constant of the algorithm. */
  readonly hyper: Values;
  /** How they differ from those that the algorithm has for the case. */
  readonly settings: Values;
  /** Names of those that cannot be set. */
  readonly fixed: readonly string[];
  /** Whether its constants were found on another problem, so that it is no tuned baseline here; absent where they were not. */
  readonly untuned?: true;
}

/** What belongs to a cell. */
type OfCell = Pick<RunSummary, "case" | "config" | "algorithm" | "hyper">;

const withoutBudget = ({ [BUDGET]: _, ...problem }: CommonConfig): Values => problem;

const short = (what: unknown) => fingerprint(what).slice(0, 12);

/** The cell that a run belongs to. Of a case or an algorithm that the catalogue does not know every field is shown. */
export function cellOf(catalogue: Catalogue, { case: id, config, algorithm, hyper }: OfCell): Cell {
  const known = catalogue.cases.find((c) => c.id === id);
  const method = catalogue.algorithms.find((a) => a.id === algorithm);
  const problem = completed(known?.fields ?? {}, withoutBudget(config));
  const constants = completed(method?.fields ?? {}, hyper);
  const named = { case: id, problem: naming(known?.fields ?? {}, problem) };
  const variant = differing(known ? withoutBudget(known.configure({})) : {}, problem);
  return {
    key: short({ ...named, algorithm, hyper: naming(method?.fields ?? {}, constants) }),
    problem: short(named),
    case: id,
    variant,
    algorithm,
    hyper: constants,
    settings: differing(known && method ? hyperDefaults(method, known) : {}, constants),
    fixed: method?.fixed ?? [],
    ...(method?.tunedFor?.(id, variant) === false ? { untuned: true as const } : {}),
  };
}

/** The same for thousands of runs: those whose fields are equal get one and the same cell. */
export function cellsOf(catalogue: Catalogue): (run: OfCell) => Cell {
  const known = new Map<string, Cell>();
  return ({ case: id, config, algorithm, hyper }) => {
    const key = JSON.stringify([id, config, algorithm, hyper]);
    const cell = known.get(key) ?? cellOf(catalogue, { case: id, config, algorithm, hyper });
    known.set(key, cell);
    return cell;
  };
}

/** Cells of trials by their `config` and `hyper`, which those of one plan that differ in the seed have in common. */
const ofTrials = new WeakMap<Catalogue, WeakMap<CommonConfig, WeakMap<Values, Cell>>>();

/** What is at a key, made where nothing is. */
function at<K extends WeakKey, V>(known: WeakMap<K, V>, key: K, make: () => V): V {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}

export function cellOfTrial(catalogue: Catalogue, { case: { id }, config, algorithm, hyper }: Trial): Cell {
  const known = at(at(ofTrials, catalogue, () => new WeakMap()), config, () => new WeakMap());
  return at(known, hyper, () => cellOf(catalogue, { case: id, config, algorithm: algorithm.id, hyper }));
}

/** `add139 beta=0.8`. */
export const problemText = ({ case: id, variant }: Pick<Cell, "case" | "variant">): string =>
  [id, valuesText(variant)].filter(Boolean).join(" ");

/** `ppm sigma=3`. */
export const methodText = ({ algorithm, settings }: Pick<Cell, "algorithm" | "settings">): string =>
  [algorithm, valuesText(settings)].filter(Boolean).join(" ");

/** `add139 beta=0.8 adamw`. */
export const cellText = (cell: Pick<Cell, "case" | "variant" | "algorithm" | "settings">): string =>
  `${problemText(cell)} ${methodText(cell)}`;

import type { Case, CommonConfig } from "../../bench/cases/mod.ts";
import { cases } from "../../bench/cases/mod.ts";
import type { RunSummary } from "../run/record/record.ts";
import { fingerprint } from "../run/record/seal.ts";
import type { Trial } from "../run/trial.ts";

/**
 * A budget says when a run is given up, not what is run: runs of one problem with different budgets are one sample, each
 * censored where it stopped.
 */
const BUDGET = "maxEpochs";

/** How a configuration differs from the case's own, as on the command line, without the budget: `beta=0.8 layers=1`. */
export function variantOf({ fields }: Pick<Case, "fields">, config: CommonConfig): string {
  return Object.entries(config)
    .filter(([name, value]) => name !== BUDGET && value !== fields[name]?.value)
    .map(([name, value]) => `${name}=${value}`).sort().join(" ");
}

/** A problem under an algorithm: what several seeds are a sample of. */
export interface Cell {
  /** First 12 hexadecimal digits of the SHA-256 of case, fields without the budget, algorithm and its constants. */
  readonly key: string;
  readonly case: string;
  readonly variant: string;
  readonly algorithm: string;
}

type OfCell = Pick<RunSummary, "case" | "config" | "algorithm" | "hyper">;

/** The cell that a run belongs to. */
export function cellOf({ case: id, config, algorithm, hyper }: OfCell): Cell {
  const { [BUDGET]: _, ...problem } = config;
  const key = fingerprint({ case: id, problem, algorithm, hyper }).slice(0, 12);
  const known = cases.find((c) => c.id === id);
  return { key, case: id, variant: known ? variantOf(known, config) : "", algorithm };
}

export const cellOfTrial = ({ case: { id }, config, algorithm, hyper }: Trial): Cell =>
  cellOf({ case: id, config, algorithm: algorithm.id, hyper });

/** `add139 beta=0.8`. */
export const problemText = ({ case: id, variant }: Pick<Cell, "case" | "variant">): string =>
  [id, variant].filter(Boolean).join(" ");

/** `add139 beta=0.8 adamw`. */
export const cellText = (cell: Omit<Cell, "key">): string => `${problemText(cell)} ${cell.algorithm}`;

import type { Catalogue } from "../catalogue/catalogue.ts";
import { type Probe, tableOf } from "../catalogue/probe.ts";
import { DataError } from "../data/data_error.ts";
import type { Problem } from "../problem/case.ts";
import { computationOf } from "../run/computation.ts";
import { isCompact } from "../run/record/compact.ts";
import type { RunRecord } from "../run/record/record.ts";
import type { Trial } from "../run/trial.ts";

/** What a finished run lacks of the probes that are asked for, as text; null where it has all of them. */
export function lackOf({ probes }: Trial, record: RunRecord): string | null {
  const { curve, probes: measured = [] } = record;
  const lacks = ({ id, columns, ...probe }: Probe) =>
    !measured.includes(id) || (!isCompact(record) && columns.some(({ name }) => !(name in curve[tableOf(probe)])));
  const missing = probes.filter(lacks).map(({ id }) => `'${id}'`);
  return missing.length ? `it was not measured by probe ${missing.join(", ")}` : null;
}

/** The code that made a record or a checkpoint, as far as it is known. */
export interface MadeBy {
  readonly sources: string | null;
  readonly computation: string | null;
}

/**
 * Decides whether what other code has made may be taken for what this code would make: equal sources are enough, but
 * where plug-ins may read what is in no source; else the computations are compared, and only equal ones will do.
 */
export class Reuse {
  readonly #known = new Map<string, Promise<string>>();
  #prepared: { readonly key: string; readonly problem: Promise<Problem> } | null = null;
  /** Whether the sources say all that is loaded. */
  readonly #closed: boolean;

  /** @param sources of the code as it is now */
  constructor({ plugins }: Pick<Catalogue, "plugins">, readonly sources: string) {
    this.#closed = plugins.length === 0;
  }

  /** Why what was made before cannot be taken; null when it can. @throws {DataError} where its data are not there */
  async objection(trial: Trial, made: MadeBy): Promise<string | null> {
    const same = made.sources === this.sources;
    if (same && this.#closed) return null;
    if (made.computation === null) return "it does not say what it computed, and the code has changed since";
    if (trial.probes.length > 0 && !same) return "the code has changed since, and no fingerprint tells of its probes";
    try {
      if (await this.computation(trial) === made.computation) return null;
    } catch (error) {
      if (error instanceof DataError) throw error;
      return `nobody can tell what the code computes by now: ${String(error).split("\n")[0]}`;
    }
    return "the code computes something else by now";
  }

  /** Computation of a trial by the code as it is. */
  computation(trial: Trial): Promise<string> {
    const known = this.#known.get(trial.id) ?? this.problem(trial).then((problem) => computationOf(trial, problem));
    this.#known.set(trial.id, known);
    return known;
  }

  /** What a trial trains; prepared once for the algorithms that follow one another on it. */
  problem({ case: found, config, spec }: Trial): Promise<Problem> {
    const key = JSON.stringify([found.id, config, spec.seed]);
    if (this.#prepared?.key !== key) this.#prepared = { key, problem: found.prepare(config, spec.seed) };
    return this.#prepared.problem;
  }
}

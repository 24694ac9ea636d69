import type { Outlined, Run, RunRecord } from "./record.ts";

/** ‖θ₀‖ of the initial vector, to five digits. */
export const initialNormOf = (run: Run): number =>
  "initialNorm" in run ? run.initialNorm : Number(run.curve.epochs.weightNorm[0]!.toPrecision(5));

/** One and the same object for all that are equal: of thousands of runs most have the fields of another. */
class Shared {
  readonly #known = new Map<string, unknown>();

  of<T>(value: T): T {
    const text = JSON.stringify(value);
    if (!this.#known.has(text)) this.#known.set(text, value);
    return this.#known.get(text) as T;
  }
}

/**
 * What judging and ranking take of a record: a tenth of it. Runs that one function outlines have what is equal of them in
 * common.
 */
export function outlining(): (record: RunRecord) => Outlined {
  const shared = new Shared();
  return (record) => {
    const { curve: _c, seal: _s, ...summary } = record;
    const { config, hyper, provenance } = summary;
    return {
      ...summary,
      config: shared.of(config),
      hyper: shared.of(hyper),
      provenance: shared.of(provenance),
      initialNorm: initialNormOf(record),
    };
  };
}

import { maskStream } from "../data/stream.ts";
import type { HostArrays } from "../engine/mod.ts";
import { keptSpecs } from "../problem/batch.ts";
import type { Model } from "../problem/model.ts";

/**
 * Which elements a run keeps at each of its steps. The masks of a step are a function of seed and step, so they are the
 * same on every engine, after a resume, and for both gradients of a step that takes two.
 */
export class Masks {
  readonly #seed: number;
  readonly #rate: number;
  readonly #sites: readonly (readonly [name: string, size: number])[];
  readonly #size: number;

  constructor({ seed, model, rows }: { readonly seed: number; readonly model: Model; readonly rows: number }) {
    this.#seed = seed;
    this.#rate = model.dropout?.rate ?? 0;
    this.#sites = Object.entries(keptSpecs(model, rows)).map(([name, { shape }]) =>
      [name, shape.reduce((a, b) => a * b, 1)] as const
    );
    this.#size = this.#sites.reduce((sum, [, size]) => sum + size, 0);
  }

  /** Masks of a step by the names of their inputs, a byte an element; nothing without dropout. */
  at(step: number): HostArrays {
    if (this.#size === 0) return {};
    const kept = maskStream(this.#seed, step, this.#rate, this.#size);
    const views: Record<string, Uint8Array> = {};
    let from = 0;
    for (const [name, size] of this.#sites) views[name] = kept.subarray(from, from += size);
    return views;
  }
}

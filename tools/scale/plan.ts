import { catalogue } from "../../bench/mod.ts";
import { METHODS } from "../../bench/profiles/methods.ts";
import type { Catalogue } from "../../src/catalogue/catalogue.ts";
import { TUNED_BASELINE } from "../../src/declare/baseline.ts";
import type { Entry, Profile } from "../../src/declare/profile.ts";
import { planOf } from "../../src/fleet/plan.ts";
import type { Trial } from "../../src/run/trial.ts";

/** The profile that runs are planned and judged by. */
export const SCALE = "scale";

/** Runs of a cell. */
export const SEEDS = 20;

const CASES = ["tiny-div", "tiny-add", "tiny-glyphs"];
/** Null: as each method has it. */
const RATES = [null, 2e-3];
const BUDGET = { maxEpochs: 80 };

/** The i-th problem of as many as are wanted: cases in turn, then settings of a method, then settings of the problem. */
function entryAt(i: number): Entry {
  const round = Math.floor(i / CASES.length);
  const rate = RATES[round % RATES.length];
  const initScale = 1 + Math.floor(round / RATES.length) / 1000;
  return {
    case: CASES[i % CASES.length],
    overrides: { ...BUDGET, initScale, ...(rate === null ? {} : { learningRate: rate }) },
    // It sets its rate itself.
    algorithms: METHODS.filter((id) => rate === null || id !== TUNED_BASELINE),
  };
}

/** Entries that have so many cells together. */
function entriesOf(cells: number): Entry[] {
  const entries: Entry[] = [];
  for (let left = cells; left > 0;) {
    const whole = entryAt(entries.length);
    const algorithms = whole.algorithms!.slice(0, left);
    entries.push({ ...whole, algorithms });
    left -= algorithms.length;
  }
  return entries;
}

/** Cells that hold at least so many records. */
export const cellsFor = (records: number): number => Math.ceil(records / SEEDS);

/** The project with one more profile, of so many cells and the seeds from 0 on. */
export function withCells(cells: number): Catalogue {
  const profile: Profile = {
    id: SCALE,
    summary: "made-up runs, to see what judging them costs",
    entries: entriesOf(cells),
    algorithms: METHODS,
    seeds: seedsFrom(0),
  };
  return { ...catalogue, profiles: [...catalogue.profiles, profile] };
}

/** The seeds of a cell. */
export const seedsFrom = (first: number): number[] => Array.from({ length: SEEDS }, (_, i) => first + i);

/** The runs of the profile on some seeds. */
export function trialsOf(scaled: Catalogue, seeds: readonly number[]): Trial[] {
  const profile = scaled.profiles.find(({ id }) => id === SCALE)!;
  return planOf(scaled, profile, { cases: [], algorithms: [], seeds, overrides: {}, engine: "onnx" }, "every");
}

import type { Entry, Profile } from "./profile.ts";

/**
 * Learning rates and weight decays, three and four steps of about √10 and 10 from the paper's 10⁻³ and 10⁻² upwards. What
 * is best has to lie inside: where it lies at an end, the grid is too small.
 */
export const RATES = [1e-3, 3e-3, 1e-2];
export const DECAYS = [0.01, 0.1, 1, 10];

/** A case, and the epoch at which a setting is given up: Adam-L2 at the paper's constants has generalised well before. */
const BUDGETS: Readonly<Record<string, number>> = {
  "tiny-div": 250,
  "tiny-add": 130,
  "tiny-glyphs": 400,
  add97: 150,
  div113: 200,
  add139: 100,
  mnist1k: 1000,
  div97: 250,
  glyphs1k: 1000,
};

/**
 * AdamW over a grid, in order to find the constants of `adamw-tuned`. The seeds are its own, so that what is chosen here
 * is measured elsewhere on seeds that it was not chosen for. Every epoch is evaluated; nothing is run after generalising.
 */
export const tune: Profile = {
  id: "tune",
  summary: "adamw over a grid of learning rates and weight decays, two seeds of its own; hours on two cores",
  entries: Object.entries(BUDGETS).flatMap(([id, maxEpochs]): Entry[] =>
    RATES.flatMap((learningRate) =>
      DECAYS.map((weightDecay) => ({
        case: id,
        overrides: { learningRate, weightDecay, maxEpochs, extraEpochs: 0, evalEvery: 1 },
      }))
    )
  ),
  algorithms: ["adamw"],
  seeds: [1000, 1001],
};

import type { Profile } from "./profile.ts";

const PLACEMENTS = ["pre", "post"];

/**
 * What the paper leaves open of its division case, on the baseline alone: norm placement, and beside it the standard
 * deviation of the embeddings and the activation. See docs/reproduction.md.
 */
export const study: Profile = {
  id: "study",
  summary: "the open choices of div97 under adamw alone, 5,000 epochs, one seed; hours on two cores",
  entries: [
    ...PLACEMENTS.map((normPlacement) => ({ case: "div97", overrides: { normPlacement } })),
    ...PLACEMENTS.map((normPlacement) => ({ case: "div97", overrides: { normPlacement, embeddingStd: 0.02 } })),
    ...PLACEMENTS.map((normPlacement) => ({ case: "div97", overrides: { normPlacement, activation: "gelu" } })),
  ],
  algorithms: ["adamw"],
  seeds: [0],
};

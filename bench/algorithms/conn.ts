import type { CaseInfo, Phase } from "../../src/algorithms/algorithm.ts";
import { adamFields, huntFields } from "../../src/algorithms/fields.ts";
import { ppConnPhases, type PpConnVariant } from "../../src/algorithms/pp_conn.ts";
import { adamL2 } from "../../src/algorithms/transform.ts";
import { type Config, flag, nonNegative } from "../../src/declare/field.ts";
import { huntPresets, momentPreset } from "./hunt_presets.ts";
import { memorise } from "./memorise.ts";

/** Fields of the variants of Algorithm 2. */
export const connFields = {
  ...adamFields,
  ...huntFields,
  useM: flag(false, "use the first moment rather than the raw gradient"),
};

export const connPresets = (info: CaseInfo) => ({ ...huntPresets(info), ...momentPreset(info) });

/** Memorisation, then Algorithm 2 on Adam-L2. */
export function conn(variant: Omit<PpConnVariant, "optimiser">, h: Config<typeof connFields>): readonly Phase[] {
  return [memorise(h), ...ppConnPhases({ ...variant, optimiser: adamL2({ ...h, useFirstMoment: h.useM }) }, h)];
}

/** Without a push there is no range of it. */
const { sigma: _, ...withoutRange } = connFields;

/** Fields of the controls of Algorithm 2: everything but the hunt. */
export const aloneFields = { ...withoutRange, A: nonNegative(0, "no push"), alphaP: nonNegative(0, "no chase") };

/** Algorithm 2 without the hunt: A and α_p are 0. */
export const alone = (variant: { readonly gradPred: boolean }, h: Config<typeof aloneFields>): readonly Phase[] =>
  conn(variant, { ...h, sigma: 1 });

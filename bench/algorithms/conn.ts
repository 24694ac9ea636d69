import type { CaseInfo, Phase } from "../../src/algorithms/algorithm.ts";
import { adamFields, huntFields } from "../../src/algorithms/fields.ts";
import { ppConnPhases, type PpConnVariant } from "../../src/algorithms/pp_conn.ts";
import { adamL2 } from "../../src/algorithms/transform.ts";
import { type Config, flag } from "../../src/declare/field.ts";
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

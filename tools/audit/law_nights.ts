import { lawDrift, type Point } from "../../src/laws/mod.ts";
import type { Observation } from "../../src/stats/kaplan_meier.ts";
import { dealingsFor, decideLaw, type LawDecision, type LawTest } from "../../src/gate/law_verdict.ts";
import type { Times } from "../../src/gate/screen.ts";
import type { CellSample } from "./cell_sample.ts";

/** Dealings that show most honest sweeps to be honest. */
const FIRST = 49;

/**
 * The gate's own test of a law, as far as its dealings matter: they come from one seeded stream, so fewer are the beginning
 * of more, and once there are more hits than the level allows of all of them, the rest cannot change what is decided.
 */
export const testAsDecided: LawTest = (law, [reference, fresh], level) => {
  const test = (permutations: number) => lawDrift(law, reference, fresh, { permutations, seed: 0 });
  const first = test(FIRST);
  const decided = !first || first.p * (FIRST + 1) > level * (dealingsFor(level) + 1) + 1e-9;
  return decided ? first : test(dealingsFor(level));
};

/** What the law tier says of one sweep, whose cells these are by number. */
export interface SweepDecision extends LawDecision {
  readonly cells: readonly number[];
}

/** The law tier over the cells of a night. */
export function decideLaws(
  cells: readonly CellSample[],
  times: readonly Times[],
  test = testAsDecided,
): SweepDecision[] {
  const places = cells.flatMap(({ setting }, i) => setting ? [{ ...setting, i }] : []);
  const sweeps = [...Map.groupBy(places, ({ sweep }) => sweep).values()];
  return sweeps.map((settings) => {
    const points = (kind: "reference" | "screen" | "confirm"): Point[] =>
      settings.flatMap(({ x, callsPerEpoch, i }) =>
        times[i][kind].map(({ time, censored }: Observation, seed) => ({
          x,
          time: time / callsPerEpoch,
          censored,
          seed,
          stratum: String(i),
        }))
      );
    const sweep = { reference: points("reference"), screen: points("screen"), confirm: points("confirm") };
    // Nights count drift: what is shown to be the same is not told from what is not.
    const options = { laws: sweeps.length, test, equivalent: () => true };
    return { ...decideLaw(settings[0].law, sweep, options), cells: settings.map(({ i }) => i) };
  });
}

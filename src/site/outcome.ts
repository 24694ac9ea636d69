import type { Milestone, RunRecord, RunSummary } from "../run/record/record.ts";
import { sustainedOf } from "../stats/sustained.ts";
import { integer, percent } from "../text.ts";

/** How a run ended, as in `generalised at epoch 557`. */
export function outcomeOf(
  { status, generalised, epochs }: Pick<RunSummary, "status" | "generalised" | "epochs">,
): string {
  if (generalised) return `generalised at epoch ${integer(generalised.epoch)}`;
  return status === "diverged" ? `diverged at epoch ${integer(epochs)}` : `not within ${integer(epochs)} epochs`;
}

/** `epoch 59 (295 gradient calls)`. */
const place = ({ epoch, gradientCalls }: Pick<Milestone, "epoch" | "gradientCalls">): string =>
  `epoch ${integer(epoch)} (${integer(gradientCalls)} gradient calls)`;

/** An accuracy to three digits, but never rounded up to a threshold that it is below. */
const accuracy = (share: number): string => String(Math.floor(1000 * share + 1e-9) / 1000);

/** The crossing from which on the accuracy stays above the threshold; null where it does not, or not for long enough. */
export const sustainedAt = (run: RunSummary): Milestone | null => sustainedOf(run).generalised;

/** How long it lasts after a crossing, as far as that is known. */
function sustained(run: RunSummary & { readonly generalised: Milestone }, shareAbove: number): string {
  const { above, generalised, config } = run;
  const crossing = sustainedAt(run);
  if (crossing) return crossing.epoch === generalised.epoch ? "sustained" : `sustained from ${place(crossing)} on`;
  if (shareAbove === 1) return `followed for fewer than ${integer(config.extraEpochs)}`;
  if (above === undefined) return "from where on it stays above was not kept";
  return `not sustained for ${integer(config.extraEpochs)} epochs`;
}

function lasting(run: RunSummary & { readonly generalised: Milestone }): string {
  if (!run.steadiness) return "It was not followed on from there.";
  const { epochs, shareAbove, lowestAccuracy } = run.steadiness;
  // Rounded down: only all of them are 100 %.
  const share = percent(Math.floor(100 * shareAbove) / 100);
  const stays = shareAbove === 1
    ? "all are above the threshold"
    : `${share} are above the threshold, the lowest at ${accuracy(lowestAccuracy)}`;
  return `Of the ${integer(epochs)} epochs evaluated after that ${stays}: ${sustained(run, shareAbove)}.`;
}

/** What a run came to, in two or three sentences. */
export function outcomeText(run: RunRecord): string {
  const { status, memorised, generalised, epochs, gradientCalls, config, curve } = run;
  const memory = memorised ? `memorised at ${place(memorised)}` : "never memorised";
  if (generalised) {
    const ending = status === "diverged" ? "diverged at" : "trained on until";
    const end = epochs > generalised.epoch ? `${ending} epoch ${integer(epochs)}` : "it ended there";
    return `Generalised at ${place(generalised)}, ${memory}; ${end}. ${lasting({ ...run, generalised })}`;
  }
  const end = place({ epoch: epochs, gradientCalls });
  const ending = status === "diverged" ? `Diverged at ${end}` : `Not generalised up to its budget, ${end}`;
  const best = curve.epochs.testAccuracy.reduce<number>((most, each) => Math.max(most, each ?? 0), 0);
  const seen = `The highest test accuracy seen is ${accuracy(best)}, the threshold ${config.generalisedAbove}.`;
  return `${ending}; ${memory}. ${seen}`;
}

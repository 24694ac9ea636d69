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

/** Whether it lasts, as far as the run was followed. */
function lasting(run: RunSummary & { readonly generalised: Milestone }): string {
  const { steadiness, above, generalised, config } = run;
  if (!steadiness) return "It was not followed on from there.";
  const { epochs, shareAbove, lowestAccuracy } = steadiness;
  const stays = shareAbove === 1
    ? "all are above the threshold"
    : `${percent(shareAbove)} are above the threshold, the lowest at ${accuracy(lowestAccuracy)}`;
  const crossing = sustainedAt(run);
  const unknown = above === undefined && shareAbove < 1;
  const sustained = crossing
    ? crossing.epoch === generalised.epoch ? "sustained" : `sustained from ${place(crossing)} on`
    : unknown
    ? "from where on it stays above was not kept"
    : `not sustained for ${integer(config.extraEpochs)} epochs`;
  return `Of the ${integer(epochs)} epochs evaluated after that ${stays}: ${sustained}.`;
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

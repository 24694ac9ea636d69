import { isCompact } from "../run/record/compact.ts";
import type { Milestone, RunRecord } from "../run/record/record.ts";
import type { Outline } from "./observe.ts";

/** When a row of a curve was seen. */
function milestoneAt({ curve: { epochs } }: RunRecord, row: number): Milestone {
  const [epoch, steps, gradientCalls] = [epochs.epoch, epochs.steps, epochs.gradientCalls].map((column) =>
    column[row]!
  );
  return { epoch, steps, gradientCalls };
}

/**
 * A run as if its case called another test accuracy generalised: crossings are told from its curve, so that they are known
 * to the next row that it keeps, one evaluation in a full record and 5 % in a compact one. The run stopped where its own
 * threshold said so; who is not above the other by then is censored there. How steady it was since is not told, and of a
 * compact record not whether its crossing lasts either: what dips between two of its rows is not seen.
 *
 * @param threshold of the test accuracy, in [0, 1)
 */
export function atThreshold(record: RunRecord, threshold: number): RunRecord & Pick<Outline, "spacing"> {
  const { testAccuracy: accuracies, epoch } = record.curve.epochs;
  const above = (accuracy: number | null) => accuracy !== null && accuracy > threshold;
  const first = accuracies.findIndex(above);
  const below = accuracies.findLastIndex((accuracy) => accuracy !== null && !above(accuracy));
  const lasts = below < accuracies.length - 1 && record.status !== "diverged";
  const missed = record.status === "diverged" ? "diverged" : "censored";
  return {
    ...record,
    config: { ...record.config, generalisedAbove: threshold },
    status: first < 0 ? missed : "grokked",
    generalised: first < 0 ? null : milestoneAt(record, first),
    above: isCompact(record) ? undefined : lasts ? milestoneAt(record, below + 1) : null,
    ...(first > 0 ? { spacing: epoch[first]! - epoch[first - 1]! } : {}),
    steadiness: null,
    timing: { ...record.timing, secondsGeneralised: null },
  };
}

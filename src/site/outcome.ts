import type { RunSummary } from "../run/record/record.ts";
import { integer } from "../text.ts";

/** How a run ended, as in `generalised at epoch 557`. */
export function outcomeOf(
  { status, generalised, epochs }: Pick<RunSummary, "status" | "generalised" | "epochs">,
): string {
  if (generalised) return `generalised at epoch ${integer(generalised.epoch)}`;
  return status === "diverged" ? `diverged at epoch ${integer(epochs)}` : `not within ${integer(epochs)} epochs`;
}

import { isCompact } from "./compact.ts";
import { type Curve, type Milestone, type RunRecord, SCHEMA, type Steadiness } from "./record.ts";
import { sealIsIntact } from "./seal.ts";

type Told = Pick<RunRecord, "memorised" | "generalised" | "steadiness">;

/** Where a curve first exceeds a threshold; null when it never does. */
function firstAbove({ epochs }: Curve, column: string, threshold: number): Milestone | null {
  const row = epochs[column].findIndex((accuracy) => accuracy !== null && accuracy > threshold);
  if (row < 0) return null;
  const [epoch, steps, gradientCalls] = ["epoch", "steps", "gradientCalls"].map((name) => epochs[name][row]!);
  return { epoch, steps, gradientCalls };
}

/** How the accuracy stays after a crossing; an epoch that was planned and lost to divergence counts as below. */
function steadinessAfter({ epoch: from }: Milestone, { curve, config, status }: RunRecord): Steadiness | null {
  const after = curve.epochs.epoch.flatMap((epoch, row) => epoch! > from ? [curve.epochs.testAccuracy[row]!] : []);
  const lost = status === "diverged" ? Math.min(config.extraEpochs, config.maxEpochs - from) - after.length : 0;
  const all = [...after, ...new Array<number>(lost).fill(0)];
  if (all.length === 0) return null;
  const above = all.filter((accuracy) => accuracy > config.generalisedAbove).length;
  return { epochs: all.length, shareAbove: above / all.length, lowestAccuracy: Math.min(...all) };
}

/** What a record should say of its run, told once more from the curve alone. */
function retold(record: RunRecord): Told {
  const { curve, config, steadiness } = record;
  const generalised = firstAbove(curve, "testAccuracy", config.generalisedAbove);
  return {
    memorised: firstAbove(curve, "trainAccuracy", config.memorisedAbove),
    generalised,
    // A compact curve lacks most of the epochs that steadiness is about.
    steadiness: isCompact(record) ? steadiness : generalised && steadinessAfter(generalised, record),
  };
}

const milestoneText = (milestone: Milestone | null) =>
  milestone
    ? `at epoch ${milestone.epoch} (${milestone.steps} steps, ${milestone.gradientCalls} gradient calls)`
    : "never";

/** What is told, as it is said of the run. */
const TEXTS: Readonly<Record<string, (told: Told) => string>> = {
  memorised: (told) => milestoneText(told.memorised),
  generalised: (told) => milestoneText(told.generalised),
  steady: ({ steadiness: s }) => s ? `in ${s.shareAbove} of ${s.epochs} epochs, lowest ${s.lowestAccuracy}` : "never",
};

/** Whether a run ended as its status says: where its curve ends, and with what milestones. */
function endsAsItSays({ status, generalised, curve, config, epochs, steps, gradientCalls }: RunRecord): boolean {
  const last = ["epoch", "steps", "gradientCalls"].map((name) => curve.epochs[name].at(-1)!);
  const said = [epochs, steps, gradientCalls];
  if (status === "diverged") return last.every((x, i) => x <= said[i]);
  const target = generalised ? Math.min(config.maxEpochs, generalised.epoch + config.extraEpochs) : config.maxEpochs;
  return last.every((x, i) => x === said[i]) && epochs === target && (status === "grokked") === (generalised !== null);
}

/**
 * Why a record is not what a run wrote, or null. Its milestones, steadiness and end are told again from its curve: by other
 * code than that which wrote them, so that a slip in either shows.
 */
export function rejectionOf(record: RunRecord): string | null {
  if (record?.schema !== SCHEMA) return `schema ${record?.schema} is not ${SCHEMA}`;
  if (!sealIsIntact(record)) return "its seal does not fit its contents: it was edited or cut";
  const again = retold(record);
  for (const [name, text] of Object.entries(TEXTS)) {
    const [says, shows] = [text(record), text(again)];
    if (says !== shows) return `it says ${name} ${says}, its curve says ${shows}`;
  }
  if (!isCompact(record) && (record.status === "diverged") !== (record.curve.steps.loss.at(-1) === null)) {
    return `it says ${record.status}, its last loss is ${record.curve.steps.loss.at(-1) ?? "not finite"}`;
  }
  if (!endsAsItSays(record)) return `it says ${record.status} at epoch ${record.epochs}, its curve ends otherwise`;
  return null;
}

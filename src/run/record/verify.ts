import { misshapen } from "../../documents/document.ts";
import { isCompact } from "./compact.ts";
import { type Curve, type Milestone, type RunRecord, SCHEMA, type Steadiness } from "./record.ts";
import { sealIsIntact } from "./seal.ts";

/** Whether the columns of each table have the same length. */
const isRectangular = ({ epochs, steps }: Curve): boolean =>
  [epochs, steps].every((table) => new Set(Object.values(table).map((column) => column.length)).size <= 1);

type Told = Pick<RunRecord, "memorised" | "generalised" | "above" | "steadiness">;

/** What stands in a row of a curve, if there is such a row. */
function milestoneAt({ epochs }: Curve, row: number): Milestone | null {
  if (row < 0 || row >= epochs.epoch.length) return null;
  const [epoch, steps, gradientCalls] = ["epoch", "steps", "gradientCalls"].map((name) => epochs[name][row]!);
  return { epoch, steps, gradientCalls };
}

/** Where a curve first exceeds a threshold; null when it never does. */
const firstAbove = (curve: Curve, column: string, threshold: number): Milestone | null =>
  milestoneAt(curve, curve.epochs[column].findIndex((accuracy) => accuracy !== null && accuracy > threshold));

/** Where the stretch above the threshold that lasts to the end of a curve begins; older records do not speak of it. */
function stretchToTheEnd({ curve, config, status, above }: RunRecord): Milestone | null | undefined {
  if (above === undefined) return undefined;
  if (status === "diverged") return null;
  const below = curve.epochs.testAccuracy.findLastIndex((accuracy) => !(accuracy! > config.generalisedAbove));
  return milestoneAt(curve, below + 1);
}

/** How the accuracy stays after a crossing; an epoch that was planned and lost to divergence counts as below. */
function steadinessAfter({ epoch: from }: Milestone, { curve, config, status }: RunRecord): Steadiness | null {
  const after = curve.epochs.epoch.flatMap((epoch, row) => epoch! > from ? [curve.epochs.testAccuracy[row]!] : []);
  const lost = status === "diverged" ? Math.min(config.extraEpochs, config.maxEpochs - from) - after.length : 0;
  const all = [...after, ...new Array<number>(Math.max(0, lost)).fill(0)];
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
    // A compact curve lacks most of the epochs that these are about.
    above: isCompact(record) ? record.above : stretchToTheEnd(record),
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
  "above the threshold to the end": (told) => milestoneText(told.above ?? null),
  steady: ({ steadiness: s }) => s ? `in ${s.shareAbove} of ${s.epochs} epochs, lowest ${s.lowestAccuracy}` : "never",
};

/** Whether a run ended as its status says: where its curve ends, and with what milestones. */
function endsAsItSays(record: RunRecord): boolean {
  const { status, generalised, above, curve, config, epochs, steps, gradientCalls } = record;
  const last = ["epoch", "steps", "gradientCalls"].map((name) => curve.epochs[name].at(-1)!);
  const said = [epochs, steps, gradientCalls];
  if (status === "diverged") return last.every((x, i) => x <= said[i]);
  const crossed = config.crossing === "sustained" ? above : generalised;
  const target = crossed ? Math.min(config.maxEpochs, crossed.epoch + config.extraEpochs) : config.maxEpochs;
  return last.every((x, i) => x === said[i]) && epochs === target && (status === "grokked") === (generalised !== null);
}

/**
 * Why a record is not what a run wrote, or null. Its milestones, steadiness and end are told again from its curve: by other
 * code than that which wrote them, so that a slip in either shows.
 *
 * @param text that it was read from, where it is at hand
 */
export function rejectionOf(record: RunRecord, text?: string): string | null {
  if (record?.schema !== SCHEMA) return `schema ${record?.schema} is not ${SCHEMA}`;
  if (!sealIsIntact(record, text)) return "its seal does not fit its contents: it was edited or cut";
  // A seal is no signature: what it holds may still be anything, and an id becomes the name of a file.
  const wrong = misshapen("record", record);
  if (wrong) return `it is no record: ${wrong}`;
  if (!isRectangular(record.curve)) return "the columns of its curve differ in length";
  if (!isCompact(record) && (record.status === "diverged") !== (record.curve.steps.loss.at(-1) === null)) {
    return `it says ${record.status}, its last loss is ${record.curve.steps.loss.at(-1) ?? "not finite"}`;
  }
  const again = retold(record);
  for (const [name, text] of Object.entries(TEXTS)) {
    const [says, shows] = [text(record), text(again)];
    if (says !== shows) return `it says ${name} ${says}, its curve says ${shows}`;
  }
  if (!endsAsItSays(record)) return `it says ${record.status} at epoch ${record.epochs}, its curve ends otherwise`;
  return null;
}

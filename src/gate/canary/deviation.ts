import type { Curve } from "../../run/record/record.ts";
import { type Columns, type Reference, stepsOf } from "./reference.ts";
import { toleranceOf } from "./tolerance.ts";

type Value = number | string | null;

/** One quantity of a run beside its reference. */
export interface Deviation {
  readonly quantity: string;
  /** Steps done; 0 before the first. The loss of a step is that before it. */
  readonly step: number;
  readonly expected: Value;
  readonly found: Value;
  /** |found − expected| / |expected|; Infinity where they cannot be compared. */
  readonly relative: number;
  /** What `relative` may be; 0 for what has to be equal. */
  readonly tolerance: number;
}

/** What counts and names must be equal. */
const EXACT = new Set(["step", "phase", "t", "epoch", "steps", "gradientCalls"]);

export const isWithin = ({ relative, tolerance }: Deviation): boolean => relative <= tolerance;

/** A deviation as a multiple of its tolerance. */
export const severity = ({ relative, tolerance }: Deviation): number =>
  relative === 0 ? 0 : tolerance === 0 || Number.isNaN(relative) ? Infinity : relative / tolerance;

/** Two values that have to be equal. */
export const exactly = (quantity: string, step: number, expected: Value, found: Value): Deviation => ({
  quantity,
  step,
  expected,
  found,
  relative: expected === found ? 0 : Infinity,
  tolerance: 0,
});

function compare(reference: Reference, quantity: string, at: Position, expected: Value, found: Value): Deviation {
  const incomparable = typeof expected !== "number" || typeof found !== "number" || expected === 0;
  if (EXACT.has(quantity) || incomparable) return exactly(quantity, at.step, expected, found);
  const relative = Math.abs(found - expected) / Math.abs(expected);
  const tolerance = toleranceOf(reference, { quantity, expected, ...at });
  return { quantity, step: at.step, expected, found, relative, tolerance };
}

interface Position {
  readonly step: number;
  readonly segment: number;
  /** Whether no optimiser step came before: then only the forward pass can differ. */
  readonly forward: boolean;
}

function* row(reference: Reference, columns: Columns, found: Columns, i: number, at: Position): Generator<Deviation> {
  for (const [quantity, column] of Object.entries(columns)) {
    if (quantity === "segment") continue;
    yield compare(reference, quantity, at, column[i], found[quantity]?.[i] ?? null);
  }
}

/**
 * Every number of a run beside its reference, in the order in which the run made them, so that the first one that is not
 * within its tolerance is the first thing to look at. A row that the run lacks deviates without bound.
 */
export function* deviations(reference: Reference, curve: Curve): Generator<Deviation> {
  const { steps, epochs } = reference;
  let epoch = 0;
  function* evaluatedAfter(step: number) {
    for (; epoch < epochs.steps.length && epochs.steps[epoch]! <= step; epoch++) {
      const at = {
        step: epochs.steps[epoch]!,
        segment: epochs.segment[epoch]!,
        forward: epochs.steps[epoch] === epochs.steps[0],
      };
      yield* row(reference, epochs, curve.epochs, epoch, at);
    }
  }
  for (let i = 0; i < steps.step.length; i++) {
    const step = steps.step[i]!;
    // Late in a run not every step is kept: evaluations may lie between.
    yield* evaluatedAfter(step - 1);
    yield* row(reference, steps, curve.steps, i, { step, segment: steps.segment[i]!, forward: i === 0 });
  }
  yield* evaluatedAfter(Infinity);
  const last = stepsOf(reference);
  yield exactly("rows of steps", last, steps.step.length, curve.steps.step.length);
  yield exactly("evaluated epochs", last, epochs.steps.length, curve.epochs.epoch.length);
}

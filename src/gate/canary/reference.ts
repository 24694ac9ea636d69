import type { LateStart } from "./late_start.ts";
import type { Values } from "../../declare/field.ts";
import { misshapen, parseJson } from "../../documents/document.ts";
import { UsageError } from "../../errors.ts";
import { type Sealed, sealIsIntact } from "../../run/record/seal.ts";

/** Raised whenever the meaning of a canary file changes. */
export const CANARY_SCHEMA = 4;

/** The canary that every case has, of every algorithm. */
export const FIRST_STEPS = "first-steps";

/** Columns of equal length by quantity; null where a quantity does not exist at that row. */
export type Columns = Readonly<Record<string, readonly (number | null)[]>>;

/** One algorithm's trajectory in float64. */
export interface Followed {
  readonly algorithm: string;
  /** Every field of it. */
  readonly hyper: Values;
  /** Ids of its phases. */
  readonly phases: readonly string[];
  /**
   * A row a step that a run keeps (each up to 100 of a phase, then those that are 1 % later): step, segment, phase, t,
   * loss, stepNorm, and in a hunt distance and potential.
   */
  readonly steps: Columns;
  /** A row an evaluated epoch: segment, then as in `curve.epochs` of a record. */
  readonly epochs: Columns;
  /**
   * By quantity, for each segment, how far PyTorch's float32 strays from float64: largest relative difference (of
   * accuracies: in samples) over several starts that differ in the last bit. A segment ends with a phase or an evaluation.
   */
  readonly rounding: Readonly<Record<string, readonly number[]>>;
}

/** One problem whose first steps are known. */
export interface Canary {
  /** `first-steps`, `late`, or the name of a variant of the case. */
  readonly canary: string;
  readonly seed: number;
  readonly overrides: Values;
  /** Every field of the case, defaults included. */
  readonly config: Values;
  readonly samples: { readonly train: number; readonly test: number };
  readonly parameters: number;
  /** Where it begins; absent where that is the start. */
  readonly start?: LateStart;
  /** SHA-256 of what the float64 implementation was handed, and has checked: theta0, train, test, orders, direction, late. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly entries: readonly Followed[];
}

/** `expected/canary/<case>.json`. */
export interface CanaryFile {
  readonly schema: typeof CANARY_SCHEMA;
  readonly case: string;
  readonly source: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly canaries: readonly Canary[];
}

/** One algorithm on one problem: what a run is compared with. */
export type Reference = Omit<Canary, "entries"> & Followed & { readonly case: string };

/** The step at which a canary ends. */
export const stepsOf = ({ epochs }: Reference): number => epochs.steps.at(-1)!;

type Checker = (condition: boolean, what: string) => void;

/** What no schema says: columns of one length, no loss that is missing, a rounding for every segment. */
function checkFollowed(reference: Reference, check: Checker): void {
  const { case: id, canary, algorithm, steps, epochs, rounding } = reference;
  const where = `${id} ${canary} ${algorithm}`;
  for (const [name, columns] of Object.entries({ steps, epochs })) {
    const lengths = new Set(Object.values(columns).map((column) => column.length));
    check(lengths.size === 1, `${name} of ${where}: its columns differ in length`);
  }
  // A loss that is missing would be compared with nothing.
  check([...steps.loss, ...epochs.trainLoss].every((x) => x !== null), `${where} lacks a loss`);
  for (const [name, strayed] of Object.entries(rounding)) {
    check(strayed.length > epochs.segment.at(-1)!, `${where}: rounding of ${name}`);
  }
}

/**
 * Reads the text of a canary file: the trajectories, and the seal that the whole of it has.
 *
 * @throws {UsageError} that says what is wrong with it.
 */
export function parseCanaryFile(
  text: string,
  path: string,
): { readonly seal: string; readonly references: Reference[] } {
  const check: Checker = (condition, what) => {
    if (!condition) throw new UsageError(`canary file ${path}: ${what}; restore it with git`);
  };
  const read = parseJson(text);
  if ("rejected" in read) throw new UsageError(`canary file ${path}: it ${read.rejected}; restore it with git`);
  const file = read.document as Sealed<CanaryFile>;
  check(file?.schema === CANARY_SCHEMA, `schema is ${file?.schema}, expected ${CANARY_SCHEMA}`);
  check(sealIsIntact(file), "its seal does not fit its contents, it was edited by hand or is damaged");
  const wrong = misshapen("canary", file);
  check(wrong === null, wrong ?? "");
  const references = file.canaries.flatMap(({ entries, ...canary }) =>
    entries.map((entry) => {
      const reference = { case: file.case, ...canary, ...entry };
      checkFollowed(reference, check);
      return reference;
    })
  );
  return { seal: file.seal, references };
}

import { fileURLToPath } from "node:url";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Engine } from "../engine/mod.ts";
import {
  type CanaryResult,
  type Deviation,
  FIRST_STEPS,
  loadCanaries,
  type Reference,
  runCanaries,
  severity,
} from "./canary/mod.ts";
import type { Finding } from "./finding.ts";
import { numbersOf } from "./numbers.ts";

const FOLDER = fileURLToPath(new URL("../../expected/canary", import.meta.url));

/** Names to choose by; an empty list chooses all. */
export interface Choice {
  readonly cases: readonly string[];
  readonly algorithms: readonly string[];
}

const among = (names: readonly string[], name: string) => names.length === 0 || names.includes(name);

/** The canaries of some cases and algorithms, cheap ones first. @throws {UsageError} when a file is damaged */
export const canariesOf = ({ cases, algorithms }: Choice, folder = FOLDER): Reference[] =>
  loadCanaries(folder).filter((known) => among(cases, known.case) && among(algorithms, known.algorithm));

/** Algorithms of a choice that no reference follows: nothing says whether their first steps are right. */
export const unfollowed = ({ algorithms }: Choice, references: readonly Reference[]): string[] =>
  algorithms.filter((id) => !references.some(({ algorithm }) => algorithm === id));

/** How far a quantity is off, and how far it may be. */
const differenceText = ({ quantity, relative, tolerance }: Deviation): string =>
  tolerance === 0
    ? `${quantity} must be equal`
    : `${quantity} off by ${relative.toExponential(1)}, tolerance ${tolerance.toExponential(1)}`;

const VERDICTS = { passed: "reproduced", failed: "drift", "not run": "incomplete" } as const;

function findingOf(result: CanaryResult): Finding {
  const { case: id, algorithm, canary, seed, verdict, parted, worst, reason, seconds } = result;
  const deviation = parted ?? worst;
  return {
    tier: "canary",
    subject: canary === FIRST_STEPS ? `${id} ${algorithm}` : `${id} ${algorithm} (${canary})`,
    quantity: parted?.quantity ?? "trajectory",
    verdict: VERDICTS[verdict],
    from: parted ? `${parted.expected} at step ${parted.step}` : "the float64 trajectory",
    to: parted ? `${parted.found}` : verdict === "passed" ? "the same within rounding" : verdict,
    certainty: reason ?? (deviation ? `${differenceText(deviation)}; ${seconds.toFixed(1)} s` : ""),
    numbers: numbersOf({
      deviation: deviation && {
        relative: deviation.relative,
        tolerance: deviation.tolerance,
        worst: worst && Number.isFinite(severity(worst)) ? severity(worst) : null,
      },
      seconds,
    }),
    seeds: [seed],
    look: verdict === "failed"
      ? `what computes ${
        parted?.quantity ?? "it"
      } in ${id} ${algorithm}: bench/algorithms, src/algorithms, src/problem, src/data`
      : "",
  };
}

/**
 * The first tier: the first steps of cases and algorithms, run now, beside a float64 trajectory of an independent
 * implementation.
 */
export async function* judgeCanaries(
  catalogue: Catalogue,
  engine: Engine,
  references: readonly Reference[],
): AsyncGenerator<Finding> {
  for await (const result of runCanaries(engine, references, { catalogue })) yield findingOf(result);
}

import type { Engine } from "../../engine/mod.ts";
import type { Deviation } from "./deviation.ts";
import { preparedOnce } from "./problem.ts";
import type { Reference } from "./reference.ts";
import { type CanaryOptions, type CanaryResult, runCanary } from "./run.ts";

/** Runs canaries one after another, in their order, and gives each result as it comes. */
export async function* runCanaries(
  engine: Engine,
  references: readonly Reference[],
  overrides?: CanaryOptions["overrides"],
): AsyncGenerator<CanaryResult> {
  const prepared = preparedOnce();
  for (const reference of references) yield await runCanary(engine, reference, { overrides, prepared });
}

const number = (x: Deviation["expected"]) => typeof x === "number" ? `${Number(x.toPrecision(8))}` : `${x}`;

function deviationText({ quantity, step, expected, found, relative, tolerance }: Deviation): string {
  const where = step === 0 ? "before the first step" : `step ${step}`;
  const how = tolerance === 0
    ? "must be equal"
    : `off by ${relative.toExponential(1)}, tolerance ${tolerance.toExponential(1)}`;
  return `${where}: ${quantity} is ${number(found)}, expected ${number(expected)} (${how})`;
}

/** One line on one canary: where it parts from its reference first, or how near it came to that. */
export function canaryLine({ case: id, canary, algorithm, verdict, parted, worst, reason }: CanaryResult): string {
  const subject = `${id} ${canary} ${algorithm}`;
  if (verdict === "not run") return `${subject}: not run: ${reason}`;
  if (verdict === "failed") return `${subject}: failed: ${parted ? deviationText(parted) : reason}`;
  return `${subject}: passed; nearest to its tolerance at ${worst ? deviationText(worst) : "nothing"}`;
}

import type { Engine } from "../../engine/mod.ts";
import { preparedOnce } from "./problem.ts";
import type { Reference } from "./reference.ts";
import { type CanaryOptions, type CanaryResult, checkCanary, runCanary } from "./run.ts";

/**
 * Runs canaries one after another, in their order, and gives each result as it comes.
 *
 * First what every one of them starts from: that takes seconds, and finds wrong data or fields of the large cases before the
 * small ones have made their steps. What differs there, or lacks its data, is not run.
 */
export async function* runCanaries(
  engine: Engine,
  references: readonly Reference[],
  chosen: Pick<CanaryOptions, "catalogue" | "overrides">,
): AsyncGenerator<CanaryResult> {
  const options = { ...chosen, prepared: preparedOnce() };
  const sound: Reference[] = [];
  for (const reference of references) {
    const result = await checkCanary(engine, reference, options);
    if (result.verdict === "passed") sound.push(reference);
    else yield result;
  }
  for (const reference of sound) yield await runCanary(engine, reference, options);
}

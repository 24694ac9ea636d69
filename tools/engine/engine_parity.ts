import { catalogue } from "../../bench/mod.ts";
import { engineVersions, startEngine } from "../../src/engine/mod.ts";
import { FIRST_STEPS, runCanaries, severity, stepsOf } from "../../src/gate/canary/mod.ts";
import { canariesOf, type Choice } from "../../src/gate/canary_tier.ts";
import { errorsOn, goldenModels } from "./golden_model.ts";

/** How far one engine is from float64 on one model: errors relative to the largest entry. */
export interface ModelParity {
  readonly model: string;
  readonly loss: number;
  readonly gradient: number;
}

/** How far it strays over the first steps of a case under an algorithm. */
export interface StepParity {
  readonly case: string;
  readonly algorithm: string;
  readonly verdict: "passed" | "failed" | "not run";
  readonly steps: number;
  /** Largest relative error of a loss. */
  readonly lossError: number | null;
  /** Largest deviation of any quantity, as a multiple of its tolerance. */
  readonly ofTolerance: number | null;
  readonly msPerStep: number | null;
  readonly reason: string | null;
}

/** One engine beside float64. */
export interface EngineParity {
  readonly engine: string;
  readonly device: string | null;
  readonly versions: Readonly<Record<string, string>>;
  readonly models: readonly ModelParity[];
  readonly canaries: readonly StepParity[];
}

/** Measures an engine in this process. @throws {EngineUnavailable} */
export async function parityOf(id: string, choice: Choice): Promise<EngineParity> {
  const engine = await startEngine(id);
  const models: ModelParity[] = [];
  for (const golden of goldenModels()) {
    const { loss, gradient } = await errorsOn(engine, golden);
    models.push({ model: golden.id, loss, gradient });
  }
  const chosen = canariesOf(choice).filter(({ canary }) => canary === FIRST_STEPS);
  const canaries: StepParity[] = [];
  for await (const result of runCanaries(engine, chosen, { catalogue })) {
    const { case: caseId, algorithm, verdict, lossError, stepMs, worst, reason } = result;
    const reference = chosen.find((known) => known.case === caseId && known.algorithm === algorithm)!;
    canaries.push({
      case: caseId,
      algorithm,
      verdict,
      steps: stepsOf(reference),
      lossError,
      ofTolerance: worst && severity(worst),
      msPerStep: stepMs,
      reason,
    });
  }
  return { engine: id, device: engine.device ?? null, versions: engineVersions(id), models, canaries };
}

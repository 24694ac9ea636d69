import { assertApart, type Probe } from "../../src/catalogue/probe.ts";
import { gradientNorm } from "./gradient_norm.ts";
import { predatorScore } from "./predator_score.ts";

/** Every probe. */
export const probes: readonly Probe[] = assertApart([
  gradientNorm,
  predatorScore,
]);

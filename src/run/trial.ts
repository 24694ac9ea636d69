import { createHash } from "node:crypto";
import { type Case, cases, type CommonConfig, type FieldValue, hyperOf } from "../../bench/cases/mod.ts";
import { type Algorithm, algorithms, type Hyper } from "../algorithms/mod.ts";
import { engineVersions } from "../engine/mod.ts";
import { find } from "../errors.ts";
import { SCHEMA } from "./record/record.ts";
import { canonical } from "./record/seal.ts";

/** One run of a plan, as it is asked for. */
export interface TrialSpec {
  readonly case: string;
  readonly overrides: Readonly<Record<string, FieldValue>>;
  readonly algorithm: string;
  readonly seed: number;
  readonly engine: string;
}

/** Overrides as they are given on the command line, `beta=0.8 layers=1`, in the order of their names. */
export const overridesText = ({ overrides }: TrialSpec): string =>
  Object.entries(overrides).sort().map(([name, value]) => `${name}=${value}`).join(" ");

/** A run made concrete: everything that determines its result, and a name for exactly that. */
export interface Trial {
  readonly spec: TrialSpec;
  readonly case: Case;
  readonly config: CommonConfig;
  readonly algorithm: Algorithm;
  readonly hyper: Hyper;
  readonly engineVersions: Readonly<Record<string, string>>;
  /** First 16 hexadecimal digits of the SHA-256 of what determines the result. */
  readonly id: string;
}

/**
 * Checks a run and names it.
 *
 * @throws {UsageError} for an unknown case, algorithm, engine or field, or a value out of range.
 */
export function resolve(spec: TrialSpec): Trial {
  const found = find("case", cases, spec.case);
  const algorithm = find("algorithm", algorithms, spec.algorithm);
  const versions = engineVersions(spec.engine);
  const config = found.configure(spec.overrides);
  const hyper = algorithm.hyper(hyperOf(config), found.tuned);
  const identity = canonical({
    schema: SCHEMA,
    case: found.id,
    config,
    algorithm: algorithm.id,
    hyper,
    seed: spec.seed,
    engine: spec.engine,
    engineVersions: versions,
  });
  const id = createHash("sha256").update(identity).digest("hex").slice(0, 16);
  return { spec, case: found, config, algorithm, hyper, engineVersions: versions, id };
}

import type { Algorithm } from "../algorithms/algorithm.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Probe } from "../catalogue/probe.ts";
import { configure, differing, naming, type Values, valuesText } from "../declare/field.ts";
import { engineVersions } from "../engine/mod.ts";
import { find, nearest, reasonOf, UsageError } from "../errors.ts";
import { BUDGET, type Case, type CommonConfig, refuseShared } from "../problem/case.ts";
import { SCHEMA } from "./record/record.ts";
import { fingerprint, inOrder } from "./record/seal.ts";

/** One run of a plan, as it is asked for. */
export interface TrialSpec {
  readonly case: string;
  readonly algorithm: string;
  /** Values of fields of the case and of the algorithm that are not their defaults. */
  readonly overrides: Values;
  readonly seed: number;
  readonly engine: string;
  /** Ids of what is to be measured besides; none where it is not said. No part of the run's name. */
  readonly probes?: readonly string[];
}

/** Overrides as they are given on the command line, `beta=0.8 layers=1`, in the order of their names. */
export const overridesText = ({ overrides }: TrialSpec): string => valuesText(differing({}, overrides));

/** A run made concrete: everything that determines its result, and a name for exactly that. */
export interface Trial {
  readonly spec: TrialSpec;
  readonly case: Case;
  /** Every field of the case. */
  readonly config: CommonConfig;
  readonly algorithm: Algorithm;
  /** Every field of the algorithm. */
  readonly hyper: Values;
  readonly engineVersions: Readonly<Record<string, string>>;
  /** In the order of the catalogue. */
  readonly probes: readonly Probe[];
  /** First 16 hexadecimal digits of the SHA-256 of what the run is asked to do. */
  readonly id: string;
  /** The same without its budget: runs that differ in nothing else are one run, given up at different times. */
  readonly stem: string;
}

/** The constants that an algorithm has for a case where they are not its fields' defaults. @throws {UsageError} */
function presetsFor({ id, presets }: Algorithm, found: Case): Values {
  try {
    return presets?.(found) ?? {};
  } catch (error) {
    throw new UsageError(`algorithm '${id}': its presets for case '${found.id}' fail: ${reasonOf(error)}`);
  }
}

/** What a case is to an algorithm before anything is set: the fields' defaults and the presets for the case. */
export const hyperDefaults = (algorithm: Algorithm, found: Case): Values => ({
  ...configure(`algorithm '${algorithm.id}'`, algorithm.fields, presetsFor(algorithm, found)),
});

/** What a run is named by. */
export type Named = Pick<TrialSpec, "seed" | "engine"> & {
  readonly case: Pick<Case, "id" | "fields">;
  readonly config: CommonConfig;
  readonly algorithm: Pick<Algorithm, "id" | "fields">;
  readonly hyper: Values;
  readonly engineVersions: Readonly<Record<string, string>>;
};

/** Names a run by what it is asked to do: fields that mean what code without them did are left out. */
export const namesOf = (named: Named): Pick<Trial, "id" | "stem"> => seedlessNames(named)(named.seed);

/** The same for one seed after the other. */
function seedlessNames(named: Omit<Named, "seed">): (seed: number) => Pick<Trial, "id" | "stem"> {
  const { [BUDGET]: budget, ...problem } = naming(named.case.fields, named.config);
  const { engine, engineVersions } = named;
  const asked = {
    schema: SCHEMA,
    case: named.case.id,
    problem,
    algorithm: named.algorithm.id,
    hyper: naming(named.algorithm.fields, named.hyper),
    engine,
    engineVersions,
  };
  const [whole, stem] = [inOrder({ ...asked, budget }), inOrder(asked)];
  const short = (what: object) => fingerprint(what).slice(0, 16);
  return (seed) => ({ id: short({ ...whole, seed }), stem: short({ ...stem, seed }) });
}

/** What `-a adamw-tuned --set learningRate=…` is told. */
export const isFixed = ({ fixed = [] }: Algorithm, name: string): boolean => fixed.includes(name);

/** Overrides of one run, each with whom it belongs to. @throws {UsageError} for one that belongs to nobody, or is fixed */
function sorted({ fields: caseFields, id: caseId }: Case, algorithm: Algorithm, overrides: Values) {
  const own: Record<"case" | "algorithm", Record<string, Values[string]>> = { case: {}, algorithm: {} };
  for (const [name, value] of Object.entries(overrides)) {
    const ofCase = Object.hasOwn(caseFields, name);
    if (!ofCase && !Object.hasOwn(algorithm.fields, name)) {
      const hint = nearest(name, [...Object.keys(caseFields), ...Object.keys(algorithm.fields)]);
      const who = `neither case '${caseId}' nor algorithm '${algorithm.id}'`;
      throw new UsageError(`${who} has a field '${name}'; did you mean '${hint}'?`);
    }
    if (!ofCase && isFixed(algorithm, name)) {
      throw new UsageError(
        `algorithm '${algorithm.id}' sets ${name} itself: it cannot be ${value}; choose another with -a`,
      );
    }
    own[ofCase ? "case" : "algorithm"][name] = value;
  }
  return own;
}

/** Probes by their ids, in the order of the catalogue. @throws {UsageError} */
function probesOf({ probes }: Catalogue, ids: readonly string[]): Probe[] {
  for (const id of ids) find("probe", probes, id);
  return probes.filter(({ id }) => ids.includes(id));
}

/**
 * Checks a run and names it.
 *
 * @throws {UsageError} for an unknown case, algorithm, engine, probe or field, or a value out of range.
 */
export const resolve = (catalogue: Catalogue, spec: TrialSpec): Trial => seedless(catalogue, spec)(spec.seed);

/**
 * Checks a run whatever its seed is, and names it for one. Trials of one call have their `config` and `hyper` in common.
 *
 * @throws {UsageError} as {@linkcode resolve} does
 */
export function seedless(catalogue: Catalogue, spec: TrialSpec): (seed: number) => Trial {
  const found = find("case", catalogue.cases, spec.case);
  const algorithm = find("algorithm", catalogue.algorithms, spec.algorithm);
  const versions = engineVersions(spec.engine);
  refuseShared(found, algorithm);
  const overrides = sorted(found, algorithm, spec.overrides);
  const config = found.configure(overrides.case);
  const hyper = configure(`algorithm '${algorithm.id}'`, algorithm.fields, {
    ...presetsFor(algorithm, found),
    ...overrides.algorithm,
  });
  const probes = probesOf(catalogue, spec.probes ?? []);
  const what = { case: found, config, algorithm, hyper, engineVersions: versions };
  const names = seedlessNames({ ...what, engine: spec.engine });
  return (seed) => ({ ...what, spec: { ...spec, seed }, probes, ...names(seed) });
}

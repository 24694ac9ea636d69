import type { Algorithm, Phase } from "../../../src/algorithms/algorithm.ts";
import type { Catalogue } from "../../../src/catalogue/catalogue.ts";
import { defaultsOf, type FieldValue, type Values, withDefaults } from "../../../src/declare/field.ts";
import { find, UsageError } from "../../../src/errors.ts";
import type { Case, CommonConfig, Problem } from "../../../src/problem/case.ts";
import type { Fault } from "./mutant.ts";

/** Some things of a kind exchanged for others. @throws {UsageError} where none is such */
function exchanged<T>(kind: string, all: readonly T[], isSuch: (one: T) => boolean, slip: (one: T) => T): T[] {
  if (!all.some(isSuch)) throw new UsageError(`fault: there is no such ${kind} any more`);
  return all.map((one) => isSuch(one) ? slip(one) : one);
}

const named = (prefix: string) => ({ id }: { readonly id: string }) => id.startsWith(prefix);

const hasPhase = ({ fields, phases }: Algorithm, isSuch: (phase: Phase) => boolean): boolean =>
  phases(defaultsOf(fields), []).some(isSuch);

/** Phases of algorithms whose id begins with `of`. */
export const phases = (
  slip: (phase: Phase, hyper: Values) => Partial<Phase>,
  { of = "", isSuch = () => true }: { readonly of?: string; readonly isSuch?: (phase: Phase) => boolean } = {},
): Fault =>
(catalogue) => {
  const algorithms = exchanged(
    `phase of '${of}'`,
    catalogue.algorithms,
    (algorithm) => named(of)(algorithm) && hasPhase(algorithm, isSuch),
    (algorithm) => ({
      ...algorithm,
      phases: (hyper, layout) =>
        algorithm.phases(hyper, layout).map((phase) => isSuch(phase) ? { ...phase, ...slip(phase, hyper) } : phase),
    }),
  );
  return { ...catalogue, algorithms };
};

/** The hunts of algorithms whose id begins with `of`. */
export const hunts = (of: string, slip: (phase: Phase) => Partial<Phase>): Fault =>
  phases(slip, { of, isSuch: ({ id }) => id === "hunt" });

/** What every phase gets for the step t. */
export const clocks = (slip: (clock: Phase["clock"]) => Phase["clock"]): Fault =>
  phases(({ clock }) => ({ clock: slip(clock) }));

/** The constants that an algorithm's phases are made of, while its fields say others; of those that have `field`. */
export const constants = (field: string, slip: (hyper: Values) => Values, of = ""): Fault => (catalogue) => ({
  ...catalogue,
  algorithms: exchanged(
    `field '${field}' of '${of}'`,
    catalogue.algorithms,
    (algorithm) => named(of)(algorithm) && field in algorithm.fields,
    ({ phases, ...algorithm }) => ({
      ...algorithm,
      phases: (hyper, layout) => phases({ ...hyper, ...slip(hyper) }, layout),
    }),
  ),
});

/** One algorithm trains as another one. */
export const trainsAs = (id: string, other: string): Fault => (catalogue) => {
  const { phases } = find("algorithm", catalogue.algorithms, other);
  const algorithms = exchanged(`algorithm '${id}'`, catalogue.algorithms, (one) => one.id === id, (one) => ({
    ...one,
    phases,
  }));
  return { ...catalogue, algorithms };
};

/** Another default of a field, of algorithms or of cases, where it is `from`. */
export const otherDefault = (
  kind: "algorithms" | "cases",
  field: string,
  { from, to }: { readonly from: FieldValue; readonly to: FieldValue },
  of = "",
): Fault =>
(catalogue) => {
  const isSuch = (owner: Case | Algorithm) => named(of)(owner) && owner.fields[field]?.value === from;
  const fieldsOf = ({ fields }: Case | Algorithm) => withDefaults(fields, { [field]: to });
  if (kind === "algorithms") {
    const slip = (algorithm: Algorithm): Algorithm => ({ ...algorithm, fields: fieldsOf(algorithm) });
    return { ...catalogue, algorithms: exchanged(`default of '${field}'`, catalogue.algorithms, isSuch, slip) };
  }
  const slip = (one: Case): Case => ({
    ...one,
    fields: fieldsOf(one),
    configure: (overrides) => one.configure({ [field]: to, ...overrides }),
  });
  return { ...catalogue, cases: exchanged(`default of '${field}'`, catalogue.cases, isSuch, slip) };
};

const cases = (catalogue: Catalogue, isSuch: (one: Case) => boolean, slip: (one: Case) => Case): Catalogue => ({
  ...catalogue,
  cases: exchanged("case", catalogue.cases, isSuch, slip),
});

/** Problems of the cases that are such are made other than they should be, while their fields say what they should be. */
export const problems = (
  isSuch: (one: Case) => boolean,
  slip: (problem: Problem, config: CommonConfig & Values) => Problem,
): Fault =>
(catalogue) =>
  cases(catalogue, isSuch, (one) => ({
    ...one,
    prepare: async (config, seed) => slip(await one.prepare(config, seed), config as CommonConfig & Values),
  }));

/** Cases of a family are built with another value of a field than they say. */
export const builtWith = (family: string, field: string, value: FieldValue): Fault => (catalogue) =>
  cases(catalogue, (one) => one.family === family && field in one.fields, (one) => {
    const other = <C extends CommonConfig>(config: C): C => ({ ...config, [field]: value });
    return {
      ...one,
      model: (config) => one.model(other(config)),
      prepare: (config, seed) => one.prepare(other(config), seed),
    };
  });

import { nearest, UsageError } from "../errors.ts";

export type FieldValue = number | string | boolean;

/** One documented hyperparameter of a case or an algorithm. Its type is the type of its default. */
export interface Field<T extends FieldValue = FieldValue> {
  readonly doc: string;
  readonly value: T;
  /**
   * For a field that came later: the value that means what code without the field did. With it the field is in no name of
   * a run, so that older records keep theirs.
   */
  readonly before?: T;
  /** What is wrong with a value of the right type, or null. */
  readonly check: (value: T) => string | null;
}

/** Fields by name. */
// deno-lint-ignore no-explicit-any -- fields of different types live in one record
export type Fields = Readonly<Record<string, Field<any>>>;

/** The values of fields. */
export type Config<F extends Fields = Fields> = { readonly [K in keyof F]: F[K]["value"] };

/** Values of fields, whatever fields they are. */
export type Values = Readonly<Record<string, FieldValue>>;

const check = <T extends FieldValue>(ok: (value: T) => boolean, wanted: string) => (value: T) =>
  ok(value) ? null : `expected ${wanted}`;

const field = <T extends FieldValue>(value: T, doc: string, ok: (value: T) => boolean, wanted: string): Field<T> => ({
  value,
  doc,
  check: check(ok, wanted),
});

/** An integer of at least `min`. */
export const count = (value: number, doc: string, min = 1): Field<number> =>
  field<number>(value, doc, (n) => Number.isInteger(n) && n >= min, `an integer ≥ ${min}`);

/** x ≥ 0, finite. */
export const nonNegative = (value: number, doc: string): Field<number> =>
  field<number>(value, doc, (x) => Number.isFinite(x) && x >= 0, "a finite number ≥ 0");

/** x > 0, finite. */
export const positive = (value: number, doc: string): Field<number> =>
  field<number>(value, doc, (x) => Number.isFinite(x) && x > 0, "a finite number > 0");

/** 0 ≤ x < 1, for moment decay rates and thresholds. */
export const fraction = (value: number, doc: string): Field<number> =>
  field<number>(value, doc, (x) => x >= 0 && x < 1, "a number in [0, 1)");

/** 0 < x ≤ 1. */
export const share = (value: number, doc: string): Field<number> =>
  field<number>(value, doc, (x) => x > 0 && x <= 1, "a number in (0, 1]");

/** Yes or no. */
export const flag = (value: boolean, doc: string): Field<boolean> => field<boolean>(value, doc, () => true, "");

/** One of some names. */
export const choice = <T extends string>(value: T, doc: string, options: readonly T[]): Field<T> =>
  field<T>(value, doc, (x) => options.includes(x), `one of ${options.map((o) => `'${o}'`).join(", ")}`);

/** A field that came after records had been made: `before` is what code without it did. */
export const since = <T extends FieldValue>(field: Field<T>, before: T): Field<T> => ({ ...field, before });

/** The same fields with other defaults. */
export function withDefaults<F extends Fields>(fields: F, defaults: Partial<Config<F>>): F {
  const entries = Object.entries(fields).map(([name, f]) =>
    [name, name in defaults ? { ...f, value: defaults[name]! } : f] as const
  );
  return Object.fromEntries(entries) as F;
}

/** The defaults of the fields. */
export const defaultsOf = <F extends Fields>(fields: F): Config<F> =>
  Object.fromEntries(Object.entries(fields).map(([name, f]) => [name, f.value])) as Config<F>;

/** What is wrong with a value for a field, or null. */
export function wrongValue(field: Field, value: FieldValue): string | null {
  if (typeof value !== typeof field.value) return `expected a ${typeof field.value}`;
  // JSON has no other numbers, and a record has every field.
  if (typeof value === "number" && !Number.isFinite(value)) return "expected a finite number";
  return field.check(value);
}

/**
 * Defaults with `overrides`, each checked on its own.
 *
 * @param owner whose fields they are, as in `case 'div97'`
 * @throws {UsageError} for an unknown name (with the nearest), a value of another type or out of range.
 */
export function configure<F extends Fields>(owner: string, fields: F, overrides: Values): Config<F> {
  for (const [name, value] of Object.entries(overrides)) {
    if (!Object.hasOwn(fields, name)) {
      throw new UsageError(`${owner} has no field '${name}'; did you mean '${nearest(name, Object.keys(fields))}'?`);
    }
    const wrong = wrongValue(fields[name], value);
    if (wrong) throw new UsageError(`${owner}: ${name} = ${value}: ${wrong}`);
  }
  return { ...defaultsOf(fields), ...overrides } as Config<F>;
}

/** Values with those of newer fields, which they do not have: what code without a field did. */
export const completed = (fields: Fields, values: Values): Values => {
  const newer = Object.entries(fields).filter(([name, { before }]) => before !== undefined && !(name in values));
  return { ...values, ...Object.fromEntries(newer.map(([name, { before }]) => [name, before])) };
};

/** The values that name something: without those that mean what code without the field did. */
export function naming(fields: Fields, values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => fields[name]?.before !== value));
}

/** Values that are not a field's default, in the order of their names. */
export function differing(defaults: Values, values: Values): Values {
  const other = Object.entries(values).filter(([name, value]) => value !== defaults[name]);
  return Object.fromEntries(other.sort(([a], [b]) => a < b ? -1 : 1));
}

/** Values as they are given on the command line: `beta=0.8 layers=1`. */
export const valuesText = (values: Values): string =>
  Object.entries(values).map(([name, value]) => `${name}=${value}`).join(" ");

/** Reads a value as the type that it looks like. */
export function parseFieldValue(text: string): FieldValue {
  if (text === "true" || text === "false") return text === "true";
  return text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
}

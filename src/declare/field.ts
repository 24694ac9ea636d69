import { nearest, UsageError } from "../errors.ts";

export type FieldValue = number | string | boolean;

/** One documented hyperparameter of a case. Its type is the type of its default. */
export interface Field<T extends FieldValue = FieldValue> {
  readonly doc: string;
  readonly value: T;
  /** What is wrong with a value of the right type, or null. */
  readonly check: (value: T) => string | null;
}

// deno-lint-ignore no-explicit-any -- fields of different types live in one record
export type Fields = Readonly<Record<string, Field<any>>>;

/** The values of a case's fields. */
export type Config<F extends Fields = Fields> = { readonly [K in keyof F]: F[K]["value"] };

const check = <T extends FieldValue>(ok: (value: T) => boolean, wanted: string) => (value: T) =>
  ok(value) ? null : `expected ${wanted}`;

const field = <T extends FieldValue>(value: T, doc: string, ok: (value: T) => boolean, wanted: string): Field<T> => ({
  value,
  doc,
  check: check(ok, wanted),
});

export const count = (value: number, doc: string, min = 1): Field<number> =>
  field<number>(value, doc, (n) => Number.isInteger(n) && n >= min, `an integer ≥ ${min}`);

export const nonNegative = (value: number, doc: string): Field<number> =>
  field<number>(value, doc, (x) => Number.isFinite(x) && x >= 0, "a finite number ≥ 0");

export const positive = (value: number, doc: string): Field<number> =>
  field<number>(value, doc, (x) => Number.isFinite(x) && x > 0, "a finite number > 0");

/** 0 ≤ x < 1, for moment decay rates and thresholds. */
export const fraction = (value: number, doc: string): Field<number> =>
  field<number>(value, doc, (x) => x >= 0 && x < 1, "a number in [0, 1)");

/** 0 < x ≤ 1. */
export const share = (value: number, doc: string): Field<number> =>
  field<number>(value, doc, (x) => x > 0 && x <= 1, "a number in (0, 1]");

export const flag = (value: boolean, doc: string): Field<boolean> => field<boolean>(value, doc, () => true, "");

export const choice = <T extends string>(value: T, doc: string, options: readonly T[]): Field<T> =>
  field<T>(value, doc, (x) => options.includes(x), `one of ${options.map((o) => `'${o}'`).join(", ")}`);

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

/**
 * Defaults with `overrides`, each checked on its own.
 *
 * @throws {UsageError} for an unknown name (with the nearest), a value of another type or out of range.
 */
export function configure<F extends Fields>(
  owner: string,
  fields: F,
  overrides: Record<string, FieldValue>,
): Config<F> {
  for (const [name, value] of Object.entries(overrides)) {
    const known = Object.hasOwn(fields, name) ? fields[name] : null;
    if (!known) {
      const hint = nearest(name, Object.keys(fields));
      throw new UsageError(`case '${owner}' has no field '${name}'; did you mean '${hint}'?`);
    }
    const wrong = typeof value === typeof known.value ? known.check(value) : `expected a ${typeof known.value}`;
    if (wrong) throw new UsageError(`case '${owner}': ${name} = ${value}: ${wrong}`);
  }
  return { ...defaultsOf(fields), ...overrides } as Config<F>;
}

/** Reads `name=value` as the type of the field's default. */
export function parseFieldValue(text: string): FieldValue {
  if (text === "true" || text === "false") return text === "true";
  return text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
}

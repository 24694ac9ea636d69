import { UsageError } from "../errors.ts";
import { type Fields, wrongValue } from "./field.ts";

/** Something with a name: it says what it is, where it comes from, and which fields it has. */
export interface Definition<F extends Fields = Fields> {
  /** Lower-case letters, digits and dashes: it names files. */
  readonly id: string;
  readonly summary: string;
  /** Where it is defined. */
  readonly source: string;
  readonly fields: F;
}

const ID = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** Whether a case or an algorithm can be called that. */
export const isId = (id: unknown): boolean => typeof id === "string" && ID.test(id);

const NAME = /^[A-Za-z][A-Za-z0-9]{0,63}$/;

/** Whether a field or a column can be called that; records take no other names. */
export const isName = (name: string): boolean => NAME.test(name);

/** @throws {UsageError} for an id that cannot name files, or a definition that does not say what it is */
export function assertDefinition(kind: string, { id, summary, source, fields }: Definition): void {
  if (!isId(id)) {
    throw new UsageError(
      `${kind} '${id}': an id has at most 64 lower-case letters, digits and dashes, and starts with no dash`,
    );
  }
  if (!summary || !source) throw new UsageError(`${kind} '${id}': needs a summary and a source`);
  if (typeof fields !== "object" || fields === null) {
    throw new UsageError(`${kind} '${id}': needs fields; {} where it has none`);
  }
  for (const [name, field] of Object.entries(fields)) {
    if (typeof field?.check !== "function") {
      throw new UsageError(
        `${kind} '${id}': field '${name}' is none; make it with count, positive, choice or the like`,
      );
    }
    if (!isName(name)) {
      throw new UsageError(`${kind} '${id}': field '${name}' is not made of at most 64 letters and digits`);
    }
    const wrong = wrongValue(field, field.value);
    if (wrong) throw new UsageError(`${kind} '${id}': the default ${name} = ${field.value}: ${wrong}`);
  }
}

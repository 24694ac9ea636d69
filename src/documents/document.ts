import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import { printable } from "../errors.ts";
import canary from "./canary.schema.json" with { type: "json" };
import canaryIndex from "./canary_index.schema.json" with { type: "json" };
import checkpoint from "./checkpoint.schema.json" with { type: "json" };
import expectation from "./expectation.schema.json" with { type: "json" };
import judgement from "./judgement.schema.json" with { type: "json" };
import record from "./record.schema.json" with { type: "json" };

/** What a document may be, and the shape that it has then. */
const SCHEMAS = {
  record,
  checkpoint,
  expectation,
  judgement,
  canary,
  "index of canaries": canaryIndex,
} as const;
export type Kind = keyof typeof SCHEMAS;

/** A document, or why a text is none, in a few words that can be printed. */
export type Read = { readonly document: unknown } | { readonly rejected: string };

/** Characters of a text: far more than a run with a million rows has. */
export const MOST_CHARACTERS = 2 ** 28;

/** Objects and lists within each other: nothing of this suite has half as many, and whoever walks one does so in its depth. */
export const DEEPEST = 32;

const MOST_OF_A_REASON = 200;

/** Whether a JSON text nests too deeply; brackets in strings do not count. One pass, whatever the text is. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const c = text[at];
    if (inString) {
      if (c === "\\") at++;
      else if (c === '"') inString = false;
    } else if (c === '"') inString = true;
    else if (c === "[" || c === "{") {
      if (++depth > DEEPEST) return true;
    } else if (c === "]" || c === "}") depth--;
  }
  return false;
}

/** Reads JSON that others may have written: a byte order mark is passed over. Never throws. */
export function parseJson(text: string): Read {
  if (text.length > MOST_CHARACTERS) return { rejected: `is longer than ${MOST_CHARACTERS} characters` };
  if (isTooDeep(text)) return { rejected: `nests more than ${DEEPEST} deep` };
  try {
    return { document: JSON.parse(text.replace(/^\uFEFF/, "")) };
  } catch {
    return { rejected: "is not JSON" };
  }
}

let compiled: Ajv | null = null;

/** The check of a kind; schemas refer to each other, and are compiled when the first document comes. */
function checkOf(kind: Kind): ValidateFunction {
  compiled ??= new Ajv({ schemas: Object.values(SCHEMAS), strictTypes: false, strictTuples: false });
  return compiled.getSchema(SCHEMAS[kind].$id)!;
}

/** `curve.epochs.loss.3 must be number,null`. */
function reasonOf({ instancePath, message, params }: ErrorObject): string {
  const where = instancePath.slice(1).replaceAll("/", ".");
  const named = params.additionalProperty ?? params.propertyName ?? params.allowedValue;
  const what = named === undefined ? "" : ` (${named})`;
  return printable(`${where || "it"} ${message}${what}`).slice(0, MOST_OF_A_REASON);
}

/** Why a document has not the shape of its kind, or null. */
export function misshapen(kind: Kind, document: unknown): string | null {
  const check = checkOf(kind);
  return check(document) ? null : reasonOf(check.errors![0]);
}

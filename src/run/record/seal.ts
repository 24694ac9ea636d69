import { createHash } from "node:crypto";

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

function holdsObjects(values: readonly unknown[]): boolean {
  for (const value of values) if (isObject(value)) return true;
  return false;
}

/**
 * The same JSON value with its keys sorted: itself where they are, for most of a record is columns of numbers, and what has
 * been sorted once need not be copied again.
 */
export function inOrder<T>(value: T): T;
export function inOrder(value: unknown): unknown {
  if (!isObject(value)) return value;
  if (Array.isArray(value)) return holdsObjects(value) ? value.map((each) => inOrder(each)) : value;
  const own = value as Readonly<Record<string, unknown>>;
  const entries: [name: string, inner: unknown][] = [];
  let [same, last] = [true, ""];
  for (const name of Object.keys(own)) {
    const inner = inOrder(own[name]);
    same &&= inner === own[name] && (entries.length === 0 || last < name);
    last = name;
    entries.push([name, inner]);
  }
  return same ? value : Object.fromEntries(entries.sort(([a], [b]) => a < b ? -1 : 1));
}

/**
 * JSON of a JSON value with sorted keys, so that equal contents have equal text. (Sorting in a replacer of
 * `JSON.stringify` would write the same, five times slower.)
 */
export const canonical = (value: unknown): string => JSON.stringify(inOrder(value));

const digestOf = (text: string): string => createHash("sha256").update(text).digest("hex");

/** SHA-256 of the canonical JSON of a value, in hexadecimal. */
export const fingerprint = (value: unknown): string => digestOf(canonical(value));

/** A document that ends with the fingerprint of everything else in it. */
export type Sealed<T> = T & { readonly seal: string };

/**
 * Adds the seal: SHA-256 of the canonical JSON of the document without it.
 *
 * A seal is no signature: who wants to forge one can. It is there to notice an edited, cut or merged file.
 */
export const sealed = <T extends object>(document: T): Sealed<T> => ({ ...document, seal: fingerprint(document) });

const SEAL = /^[0-9a-f]{64}$/;

/**
 * Whether a text is the canonical one of a document with the seal put in. What has the seal for its SHA-256 is the text that was
 * sealed, so that nothing has to be written once more to see it.
 */
function isSealedText(text: string, seal: string): boolean {
  const own = `"seal":"${seal}",`;
  const at = text.lastIndexOf(own);
  return at >= 0 && digestOf(text.slice(0, at) + text.slice(at + own.length)) === seal;
}

/** @param text that the document was read from, where it is at hand */
export function sealIsIntact({ seal, ...document }: Sealed<object>, text = ""): boolean {
  if (typeof seal !== "string" || !SEAL.test(seal)) return false;
  return isSealedText(text, seal) || seal === fingerprint(document);
}

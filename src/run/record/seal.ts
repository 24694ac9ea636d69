import { createHash } from "node:crypto";

/** JSON with sorted keys, so that equal contents have equal text. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, node) => {
    if (node === null || typeof node !== "object" || Array.isArray(node)) return node;
    return Object.fromEntries(Object.entries(node).sort(([a], [b]) => a < b ? -1 : 1));
  });
}

/** SHA-256 of the canonical JSON of a value, in hexadecimal. */
export const fingerprint = (value: unknown): string => createHash("sha256").update(canonical(value)).digest("hex");

/** A document that ends with the fingerprint of everything else in it. */
export type Sealed<T> = T & { readonly seal: string };

/**
 * Adds the seal: SHA-256 of the canonical JSON of the document without it.
 *
 * A seal is no signature: who wants to forge one can. It is there to notice an edited, cut or merged file.
 */
export const sealed = <T extends object>(document: T): Sealed<T> => ({ ...document, seal: fingerprint(document) });

export function sealIsIntact({ seal, ...document }: Sealed<object>): boolean {
  return typeof seal === "string" && seal === fingerprint(document);
}

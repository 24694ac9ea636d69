import type { Catalogue } from "../../catalogue/catalogue.ts";
import { parseJson } from "../../documents/document.ts";
import { printable } from "../../errors.ts";
import type { RunRecord } from "./record.ts";
import { isOld, upgraded } from "./upgrade.ts";
import { rejectionOf } from "./verify.ts";

/** A record, or why a text is none that can be trusted: one line, whatever the text holds. */
export type Parsed = { readonly record: RunRecord } | { readonly rejected: string };

const MOST_OF_A_REASON = 400;

/** @throws {TypeError} and the like for what lacks a part that every record has */
function parsed(document: unknown, text: string, catalogue: Catalogue): Parsed {
  if (typeof document !== "object" || document === null) return { rejected: "is no record: it is no JSON object" };
  const found = document as RunRecord;
  const record = isOld(found) ? upgraded(found, catalogue) : found;
  if (typeof record === "string") return { rejected: record };
  const rejected = rejectionOf(record, text);
  return rejected === null ? { record } : { rejected };
}

/** Reads the text of one record, of this schema or of the one before. Never throws. */
export function parseRecord(text: string, catalogue: Catalogue): Parsed {
  const read = parseJson(text);
  if ("rejected" in read) return { rejected: `is no JSON record, the file is damaged: it ${read.rejected}` };
  try {
    const found = parsed(read.document, text, catalogue);
    return "record" in found ? found : { rejected: printable(found.rejected).slice(0, MOST_OF_A_REASON) };
  } catch {
    return { rejected: "is no record: it lacks what every record has" };
  }
}

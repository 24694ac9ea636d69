import type { Catalogue } from "../../catalogue/catalogue.ts";
import type { RunRecord } from "./record.ts";
import { isOld, upgraded } from "./upgrade.ts";
import { rejectionOf } from "./verify.ts";

/** A record, or why a text is none that can be trusted. */
export type Parsed = { readonly record: RunRecord } | { readonly rejected: string };

/** Reads the text of one record, of this schema or of the one before. Never throws. */
export function parseRecord(text: string, catalogue: Catalogue): Parsed {
  let found: RunRecord;
  try {
    found = JSON.parse(text);
  } catch {
    return { rejected: "is no JSON record, the file is damaged" };
  }
  try {
    const record = found && isOld(found) ? upgraded(found, catalogue) : found;
    const rejected = typeof record === "string" ? record : rejectionOf(record, text);
    return rejected === null ? { record: record as RunRecord } : { rejected };
  } catch {
    return { rejected: "is no record: it lacks what every record has" };
  }
}

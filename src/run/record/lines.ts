import type { RunRecord } from "./record.ts";
import { canonical } from "./seal.ts";

/** Last line of a file of records: how many there are, so that one that was cut between two lines is noticed. */
const COUNT = /^\{"records":(\d{1,9})\}$/;

/** Records as the text of a `.jsonl` file: one a line, in their order, then their count. */
export const linesOf = (records: readonly RunRecord[]): string =>
  [...records.map(canonical), `{"records":${records.length}}`].map((line) => `${line}\n`).join("");

/** A line that should be a record, with its number in the file from 1. */
export interface Line {
  readonly number: number;
  readonly text: string;
}

/**
 * The lines of such a file that should be records, and why they may not be all: files that were appended to each other have
 * a count each.
 */
export function linesIn(text: string): { readonly lines: readonly Line[]; readonly wrong: readonly string[] } {
  const lines: Line[] = [];
  const wrong: string[] = [];
  let counted = 0;
  text.replace(/^\uFEFF/, "").split("\n").forEach((line, index) => {
    const own = line.trim();
    const said = COUNT.exec(own)?.[1];
    if (said === undefined) {
      if (own) lines.push({ number: index + 1, text: own });
      return;
    }
    const found = lines.length - counted;
    if (found !== Number(said)) wrong.push(`line ${index + 1} counts ${said} records, there are ${found}: it was cut`);
    counted = lines.length;
  });
  const uncounted = lines.length - counted;
  if (uncounted) {
    wrong.push(
      `no last line counts its ${uncounted} records: it was cut, or made by hand, then add {"records":${uncounted}}`,
    );
  }
  return { lines, wrong };
}

import type { RunRecord } from "./record.ts";
import { canonical } from "./seal.ts";

/** Last line of a file of records: how many there are, so that one that was cut between two lines is noticed. */
const COUNT = /^\{"records":(\d{1,9})\}$/;

export const recordLine = (record: RunRecord): string => `${canonical(record)}\n`;
export const countLine = (count: number): string => `{"records":${count}}\n`;

/** Records as the text of a `.jsonl` file: one a line, in their order, then their count. */
export const linesOf = (records: readonly RunRecord[]): string =>
  records.map(recordLine).join("") + countLine(records.length);

/** A line that should be a record, with its number in the file from 1. */
export interface Line {
  readonly number: number;
  readonly text: string;
}

/**
 * The lines of such a file that should be records, and why they may not be all: files that were appended to each other have
 * a count each.
 */
export function* linesIn(file: Iterable<string>): Generator<Line | { readonly wrong: string }> {
  let [number, uncounted] = [0, 0];
  for (const line of file) {
    number++;
    const text = line.trim();
    const said = COUNT.exec(text)?.[1];
    if (said === undefined) {
      if (text) yield { number, text };
      if (text) uncounted++;
      continue;
    }
    if (uncounted !== Number(said)) {
      yield { wrong: `line ${number} counts ${said} records, there are ${uncounted}: it was cut` };
    }
    uncounted = 0;
  }
  if (uncounted === 0) return;
  const hint = `then add {"records":${uncounted}}`;
  yield { wrong: `no last line counts its ${uncounted} records: it was cut, or made by hand, ${hint}` };
}

import { dirname, join } from "node:path";
import type { Catalogue } from "../../src/catalogue/catalogue.ts";
import { sourcesOf } from "../../src/catalogue/sources.ts";
import { expectationOf } from "../../src/gate/bless.ts";
import { expectationPath } from "../../src/gate/expectation.ts";
import { compact } from "../../src/run/record/compact.ts";
import type { RunRecord } from "../../src/run/record/record.ts";
import { countLine, recordLine } from "../../src/run/record/lines.ts";
import { sealed } from "../../src/run/record/seal.ts";
import { Store } from "../../src/run/record/store.ts";
import { madeUp } from "./made_up.ts";
import { SCALE, seedsFrom, trialsOf } from "./plan.ts";

/** Where the made-up runs of one number lie, below a temporary folder. */
export const placesIn = (root: string) => ({
  /** Expectations of the first runs. */
  expected: join(root, "expected"),
  /** The first runs as a bench leaves them, one full record a file. */
  full: join(root, "full"),
  /** The same as the repository keeps them: compact, one a line. */
  kept: join(root, "kept"),
  /** Runs of other code on the same seeds. */
  again: join(root, "again"),
  /** Runs of other code on the seeds of a day. */
  fresh: join(root, "fresh"),
});
export type Places = ReturnType<typeof placesIn>;

const COMMITS = ["c0ffee".repeat(6) + "c0ff", "decade".repeat(6) + "deca"];
/** The first seed of a day. */
const DAY = 10_000;

/** A record without the curves that an expectation does not ask for. */
const summaryOf = ({ curve, ...record }: RunRecord): RunRecord => ({
  ...record,
  curve: { epochs: { weightNorm: curve.epochs.weightNorm.slice(0, 1) }, steps: {} },
});

/** Makes runs up one by one and appends them to the file of their case; returns what an expectation needs of them. */
function writeCompact(
  scaled: Catalogue,
  folder: string,
  { seeds, trajectory, each }: {
    readonly seeds: readonly number[];
    readonly trajectory: number;
    readonly each?: (record: RunRecord, path: string) => void;
  },
): void {
  Deno.mkdirSync(folder, { recursive: true });
  const maker = { sources: sourcesOf(scaled), commit: COMMITS[Math.min(1, trajectory)], trajectory };
  const store = new Store(folder, scaled);
  const counts = new Map<string, number>();
  const append = (id: string, text: string) =>
    Deno.writeTextFileSync(join(folder, `${id}.jsonl`), text, { append: true });
  for (const trial of trialsOf(scaled, seeds)) {
    const record = madeUp(trial, maker);
    each?.(record, store.recordPath(trial).slice(folder.length + 1));
    append(record.case, recordLine(compact(record)));
    counts.set(record.case, (counts.get(record.case) ?? 0) + 1);
  }
  for (const [id, count] of counts) append(id, countLine(count));
}

/** Blesses runs, as `bless` would. */
function writeExpectations(scaled: Catalogue, records: readonly RunRecord[], root: string): void {
  const blessings = [{ date: "2026-11-23", by: "a generator", commit: COMMITS[0], reason: "made up" }];
  for (const [id, own] of Map.groupBy(records, (record) => record.case)) {
    const path = expectationPath(SCALE, id, root);
    Deno.mkdirSync(dirname(path), { recursive: true });
    const expectation = sealed(expectationOf(scaled, { profile: SCALE, case: id }, own, blessings));
    Deno.writeTextFileSync(path, JSON.stringify(expectation, null, 1) + "\n");
  }
}

/** Writes a folder of every kind, each with as many runs as the profile has, and what is expected of them. */
export function writeAll(scaled: Catalogue, places: Places): void {
  const records: RunRecord[] = [];
  const folders = new Set<string>();
  writeCompact(scaled, places.kept, {
    seeds: seedsFrom(0),
    trajectory: 0,
    each(record, name) {
      records.push(summaryOf(record));
      const path = join(places.full, name);
      if (!folders.has(dirname(path))) Deno.mkdirSync(dirname(path), { recursive: true });
      folders.add(dirname(path));
      Deno.writeTextFileSync(path, JSON.stringify(record) + "\n");
    },
  });
  writeCompact(scaled, places.again, { seeds: seedsFrom(0), trajectory: 1 });
  writeCompact(scaled, places.fresh, { seeds: seedsFrom(DAY), trajectory: 2 });
  writeExpectations(scaled, records, places.expected);
}

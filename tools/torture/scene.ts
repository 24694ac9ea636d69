import { join } from "node:path";
import type { Catalogue } from "../../src/catalogue/catalogue.ts";
import { isFolder, namesIn, readIfThere } from "../../src/files.ts";
import { CheckpointError, readCheckpoint } from "../../src/run/record/checkpoint.ts";
import { parseRecord } from "../../src/run/record/parse.ts";
import type { RunRecord } from "../../src/run/record/record.ts";
import { canonical } from "../../src/run/record/seal.ts";
import { CHECKPOINTS } from "../../src/run/record/store.ts";
import { Session } from "./session.ts";

/** Runs that take a second each: some get there, some are given up and leave a checkpoint. */
const PLAN = [
  ...["bench", "-c", "tiny-div", "-a", "adamw,ppm", "-s", "0,1", "--set", "modulus=11", "--set", "batchSize=16"],
  ...["--max-epochs", "30", "--no-gate", "-j", "2"],
];
const RUNS = 4;

/** What should not be, by the names of files. */
export interface Harm {
  /** Finished runs that were there and are not. */
  readonly lost: readonly string[];
  /** Runs that came to something else than without a fault. */
  readonly differing: readonly string[];
  /** Files that hold something else than was written, and were taken for it. */
  readonly accepted: readonly string[];
}

/** What a run came to, without when and where. */
const outcomeOf = ({ timing: _t, provenance: _p, seal: _s, ...outcome }: RunRecord): string => canonical(outcome);

/** What a file is taken for, as text; null where it is taken for nothing. */
type Taken = string | null;

/** A results folder of a small plan, what it has to come to, and what it was seen to hold. */
export class Scene {
  readonly results: string;
  #reference = new Map<string, string>();
  /** Ids of records as they were seen last, by path. */
  #seen = new Map<string, string>();
  #example: RunRecord | null = null;
  readonly #damaged = new Set<string>();

  constructor(root: string, readonly catalogue: Catalogue) {
    this.results = join(root, "results");
  }

  /** Runs the plan undisturbed. @returns the milliseconds that it takes */
  async prepare(): Promise<number> {
    const began = performance.now();
    await this.bench().ended();
    const records = this.#records();
    this.#reference = new Map(records.map(([, record]) => [record.id, outcomeOf(record)]));
    if (records.length !== RUNS) throw new Error(`the undisturbed bench left ${records.length} records, not ${RUNS}`);
    this.#example = records[0][1];
    this.clear();
    return performance.now() - began;
  }

  /** Starts the plan in the folder. @param wrap a program that it is started by, with its arguments */
  bench(wrap?: readonly string[]): Session {
    return new Session([...PLAN, "--results", this.results], { DRIVEN_HUNT_SAVE_SECONDS: "0" }, wrap);
  }

  /** A record that an undisturbed bench made. */
  get example(): RunRecord {
    return this.#example!;
  }

  get records(): string[] {
    const below = (folder: string) => namesIn(folder).map((name) => join(folder, name)).filter(isFolder);
    return below(this.results).flatMap(below).flatMap((folder) => namesIn(folder).map((name) => join(folder, name)));
  }

  get checkpoints(): string[] {
    const folder = join(this.results, CHECKPOINTS);
    return namesIn(folder).map((name) => join(folder, name));
  }

  /** Whether every run of the plan was seen to have its record. */
  get complete(): boolean {
    return this.#seen.size === RUNS;
  }

  /** Begins anew, so that there is something to disturb. */
  clear(): void {
    if (isFolder(this.results)) Deno.removeSync(this.results, { recursive: true });
    this.#seen.clear();
    this.#damaged.clear();
  }

  /** Damages a record or a checkpoint; what it held before is not missed. @returns it, where it is taken for something else */
  damage(path: string, change: (path: string) => void): string[] {
    const before = this.#taken(path);
    change(path);
    this.#damaged.add(path);
    const after = this.#taken(path);
    return after !== null && after !== before ? [path] : [];
  }

  /** Looks at what is there: what was there has to be, and what is has to be what an undisturbed bench makes. */
  inspect(): Pick<Harm, "lost" | "differing"> {
    const now = this.#records();
    const paths = new Set(now.map(([path]) => path));
    const lost = [...this.#seen.keys()].filter((path) => !paths.has(path) && !this.#damaged.has(path));
    const differing = now.filter(([, record]) => this.#reference.get(record.id) !== outcomeOf(record));
    this.#seen = new Map(now.map(([path, { id }]) => [path, id]));
    for (const path of paths) this.#damaged.delete(path);
    return { lost, differing: differing.map(([path]) => path) };
  }

  #taken(path: string): Taken {
    const record = this.#recordAt(path);
    if (record) return canonical(record);
    try {
      const found = path.includes(CHECKPOINTS) ? readCheckpoint(path) : null;
      return found && canonical({ ...found, arrays: Object.entries(found.arrays).map(([k, v]) => [k, [...v]]) });
    } catch (error) {
      if (error instanceof CheckpointError) return null;
      throw error;
    }
  }

  #recordAt(path: string): RunRecord | null {
    const bytes = path.endsWith(".json") ? readIfThere(path) : null;
    const found = bytes && parseRecord(new TextDecoder().decode(bytes), this.catalogue);
    return found && "record" in found ? found.record : null;
  }

  /** Records that can be trusted, by path. */
  #records(): [string, RunRecord][] {
    return this.records.flatMap((path): [string, RunRecord][] => {
      const record = this.#recordAt(path);
      return record ? [[path, record]] : [];
    });
  }
}

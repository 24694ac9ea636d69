import type { Catalogue } from "../../src/catalogue/catalogue.ts";
import { bench } from "../../src/commands/bench.ts";
import { blessIn } from "../../src/commands/bless.ts";
import { gate } from "../../src/commands/gate.ts";
import { leaderboard } from "../../src/commands/leaderboard.ts";
import { type Places, writeAll } from "./folder.ts";
import { SCALE } from "./plan.ts";

/** A command on made-up runs. */
export interface Stage {
  readonly id: string;
  readonly summary: string;
  /** @returns its exit code */
  run(scaled: Catalogue, places: Places): number | Promise<number>;
}

const judging = (id: string, summary: string, folder: keyof Places): Stage => ({
  id,
  summary,
  run: (scaled, places) => gate.run(["-p", SCALE, "--results", places[folder], "--expected", places.expected], scaled),
});

const TREE = { clean: true, commit: null, author: "a generator" };

/** What is measured, in this order. */
export const stages: readonly Stage[] = [
  {
    id: "plan",
    summary: "bench --dry-run: every run is planned, and its full record found",
    run: (scaled, { full }) => bench.run(["-p", SCALE, "--results", full, "--dry-run"], scaled),
  },
  judging("gate, full", "gate on the expected runs, one full record a file", "full"),
  judging("gate, repeated", "gate on the expected runs, compact", "kept"),
  judging("gate, same seeds", "gate on other runs of their seeds, compact", "again"),
  judging("gate, fresh seeds", "gate on runs of as many other seeds, compact", "fresh"),
  {
    id: "leaderboard",
    summary: "leaderboard of the compact records",
    run: (scaled, { kept }) => leaderboard.run(["-p", SCALE, "--results", kept], scaled),
  },
  {
    id: "bless",
    summary: "bless --dry-run of the compact records",
    run: (scaled, { kept, expected }) =>
      blessIn(TREE, ["-p", SCALE, "--results", kept, "--expected", expected, "--dry-run"], scaled),
  },
];

/** Not measured: makes what the others work on. */
export const making: Stage = {
  id: "making",
  summary: "the runs are made up and written",
  run(scaled, places) {
    writeAll(scaled, places);
    return 0;
  },
};

import type { Catalogue } from "../catalogue/catalogue.ts";

/** Exit codes of every command. */
export const EXIT = { ok: 0, drift: 1, usage: 2, inconclusive: 3 } as const;

/** One subcommand of main.ts. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly help: string;
  /** @returns the exit code. @throws {UsageError} for bad input, before any work. */
  run(args: readonly string[], catalogue: Catalogue): Promise<number>;
}

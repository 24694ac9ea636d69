import { statSync } from "node:fs";
import { dirname } from "node:path";
import { EXIT } from "../../src/commands/command.ts";
import { DataError } from "../../src/data/data_error.ts";
import { untilWeEnd } from "../../src/child.ts";
import { UsageError } from "../../src/errors.ts";
import { duel, type Row, type Timing } from "./duel.ts";
import { HELP, type Options, parseOptions } from "./options.ts";
import { ParityError } from "./parity.ts";
import { PEER_PYTHON } from "./peer.ts";
import { contestOf, dismiss, present } from "./roster.ts";
import { costLine, loadLine, table } from "./table.ts";
import { workerCost } from "./worker_cost.ts";

/** Times every case, one after another. @throws {ParityError} when engine and peer disagree. */
export async function measure(ids: readonly string[], options: Options, python: string | undefined): Promise<Timing[]> {
  const timings: Timing[] = [];
  for (const id of ids) {
    const contest = await contestOf(id, options.engine, { python, modes: options.peers, lanes: options.lanes });
    timings.push(...await duel(contest, options.engine, options.rounds));
    await dismiss(contest);
  }
  return timings;
}

/** The rows as the file of `--json` has them. */
export const json = (rows: readonly Row[]): string => JSON.stringify(rows, null, 2) + "\n";

/** Refuses a file that could not be written, before minutes of measuring. */
function checkFolder(path: string): void {
  if (statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory()) return;
  throw new UsageError(`--json '${path}': there is no folder '${dirname(path)}'`);
}

async function main(args: readonly string[]): Promise<void> {
  const options = parseOptions(args);
  if (options.help) return console.log(HELP);
  if (options.json !== null) checkFolder(options.json);
  const python = Deno.env.get(PEER_PYTHON);
  const ids = present(options.cases);
  // Workers come first: a process inherits its parent's peak memory, and this one is still small.
  const signal = untilWeEnd();
  for (const id of ids) console.log(costLine(id, await workerCost(id, options.engine, signal)));
  const timings = await measure(ids, options, python);
  const rows = timings.map(({ row }) => row);
  console.log(`\n${table(rows)}\n`);
  for (const line of timings.map(loadLine)) if (line) console.log(line);
  if (!python) {
    console.log(
      `No ratios: set ${PEER_PYTHON} to a Python that has PyTorch or JAX (pip install torch jax) to get them.`,
    );
  }
  if (options.json !== null) Deno.writeTextFileSync(options.json, json(rows));
}

if (import.meta.main) {
  try {
    await main(Deno.args);
    Deno.exit(0);
  } catch (error) {
    if (![UsageError, DataError, ParityError].some((kind) => error instanceof kind)) throw error;
    console.error(`error: ${(error as Error).message}`);
    Deno.exit(error instanceof ParityError ? EXIT.drift : EXIT.usage);
  }
}

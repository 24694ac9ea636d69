import { parseArgs } from "@std/cli/parse-args";
import { refuseEmpty, wholeNumber } from "../../src/commands/flags.ts";
import { engines } from "../../src/engine/mod.ts";
import { find, nearest, UsageError } from "../../src/errors.ts";
import { cases } from "../cases/mod.ts";
import { type Mode, MODES } from "./peer.ts";

const STRINGS = ["engine", "rounds", "case", "peer", "json"] as const;
/** The cases of the paper. */
export const DEFAULT_CASES = ["div97", "add139", "mnist1k"];
const DEFAULT_ROUNDS = 25;

export const HELP =
  `Time an engine in turns with PyTorch: a training step, an evaluation of the training set, and an epoch of a run that
is evaluated on both splits after every epoch.

Usage: deno task bench:engine [--engine NAME] [--case NAME]... [--peer MODE]... [--rounds N] [--json FILE]

  --engine NAME  engine to measure (default onnx)
  --case NAME    case to measure, may be repeated (default ${DEFAULT_CASES.join(", ")})
  --peer MODE    how PyTorch runs, may be repeated: ${MODES.join(" or ")} (default eager)
  --rounds N     timed turns of each contender after the warm-up (default ${DEFAULT_ROUNDS})
  --json FILE    also write the rows as JSON

Set PEER_PYTHON to a Python that has PyTorch (CPU) to get the ratios; without it their columns are empty.`;

/** What the measurement was asked for. */
export interface Options {
  readonly help: boolean;
  readonly engine: string;
  readonly cases: readonly string[];
  readonly peers: readonly Mode[];
  readonly rounds: number;
  readonly json: string | null;
}

/** Reads the command line. @throws {UsageError} */
export function parseOptions(args: readonly string[]): Options {
  const parsed = parseArgs([...args], {
    string: STRINGS,
    boolean: ["help"],
    collect: ["case", "peer"],
    alias: { help: "h" },
    unknown: (arg, key) => {
      if (key === undefined) throw new UsageError(`bench:engine takes no argument '${arg}'`);
      throw new UsageError(`unknown flag '${arg}'; did you mean '--${nearest(key, [...STRINGS, "help"])}'?`);
    },
  });
  const chosen = parsed.case as string[];
  refuseEmpty(STRINGS, parsed);
  const rounds = parsed.rounds === undefined ? DEFAULT_ROUNDS : wholeNumber("rounds", parsed.rounds, 1);
  const ids = chosen.length ? chosen.map((id) => find("case", cases, id).id) : DEFAULT_CASES;
  const modes = (parsed.peer as string[]).map((id) => find("peer", MODES.map((mode) => ({ id: mode })), id).id);
  const engine = find("engine", engines, parsed.engine ?? "onnx").id;
  return {
    help: parsed.help,
    engine,
    cases: ids,
    peers: modes.length ? modes : ["eager"],
    rounds,
    json: parsed.json ?? null,
  };
}

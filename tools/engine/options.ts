import { Flags } from "../../src/commands/flags.ts";
import { engines } from "../../src/engine/mod.ts";
import { find } from "../../src/errors.ts";
import { cases } from "../../bench/cases/mod.ts";
import { type Mode, MODES } from "./peer.ts";

/** One of each architecture; division without dropout, as in the published figures. */
export const DEFAULT_CASES = ["div97-smallinit", "add139", "mnist1k"];
const DEFAULT_ROUNDS = 25;

export const HELP =
  `Time an engine in turns with PyTorch and JAX: a training step, an evaluation of the training set, and an epoch of a run that
is evaluated on both splits after every epoch.

Usage: deno task bench:engine [options]

  -e, --engine NAME  engine to measure (default onnx)
  -c, --case NAME    cases (repeatable, or separated by commas; default: ${DEFAULT_CASES.join(", ")})
      --peer MODE    beside whom (likewise; default eager): eager or compile, PyTorch on one thread; cuda or cuda-graph,
                     PyTorch on a GPU; jax, JAX where it finds itself
      --lanes K      copies that are trained at once by JAX, and by an engine that has lanes (default 1); times are of one
      --rounds N     timed turns of each contender after the warm-up (default ${DEFAULT_ROUNDS})
      --json FILE    also write the rows as JSON
  -h, --help

The limit of a call is what its matrix products take at the rate of one large product, or parameters and moments at the
rate of one large sum of vectors, whichever is more; both are measured in the same turns.
Set PEER_PYTHON to a Python that has PyTorch or JAX to get the ratios; without it their columns are empty.`;

/** What the measurement was asked for. */
export interface Options {
  readonly help: boolean;
  readonly engine: string;
  readonly cases: readonly string[];
  readonly peers: readonly Mode[];
  readonly lanes: number;
  readonly rounds: number;
  readonly json: string | null;
}

/** The peers that `--peer` names. @throws {UsageError} */
export const peersNamed = (flags: Flags): Mode[] =>
  flags.names("peer").map((id) => find("peer", MODES.map((mode) => ({ id: mode })), id).id);

/** Reads the command line. @throws {UsageError} */
export function parseOptions(args: readonly string[]): Options {
  const flags = new Flags(args, {
    command: "bench:engine",
    plan: ["case", "engine"],
    strings: ["rounds", "peer", "lanes", "json"],
    booleans: [],
  });
  const ids = flags.names("case").map((id) => find("case", cases, id).id);
  const modes = peersNamed(flags);
  return {
    help: flags.on("help"),
    engine: find("engine", engines, flags.text("engine") ?? "onnx").id,
    cases: ids.length ? ids : DEFAULT_CASES,
    peers: modes.length ? modes : ["eager"],
    lanes: flags.count("lanes", 1) ?? 1,
    rounds: flags.count("rounds", 1) ?? DEFAULT_ROUNDS,
    json: flags.text("json"),
  };
}

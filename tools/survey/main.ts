import { catalogue } from "../../bench/mod.ts";
import { type Command, EXIT } from "../../src/commands/command.ts";
import { examineApart } from "../../src/commands/doctor.ts";
import { enginesNamed } from "../../src/commands/engine_choice.ts";
import { Flags } from "../../src/commands/flags.ts";
import { mainOfOne } from "../../src/commands/shell.ts";
import { engines } from "../../src/engine/mod.ts";
import { find, UsageError } from "../../src/errors.ts";
import { assertWritable, writeAtomically } from "../../src/files.ts";
import { cases } from "../../bench/cases/mod.ts";
import { MODES, PEER_PYTHON } from "../engine/peer.ts";
import { present } from "../engine/roster.ts";
import { DEFAULT_CASES, peersNamed } from "../engine/options.ts";
import { type Step, stepsFor } from "./steps.ts";
import { commitNow, emptySurvey, type Survey } from "./survey.ts";

const NIGHT = "-p paper -c mnist1k -a adamw-tuned,adam-l2 -s 0..7";

export const HELP =
  `Measure this machine: which engines agree with float64, how long a step takes, how many runs an hour brings.

Usage: deno task survey --out FILE [options]

      --out FILE           where it is written, as JSON, after every step (required)
  -e, --engine NAME        engines, separated by commas (default: onnx, and those with lanes that work here)
  -c, --case NAME          cases of parity and timings (default: ${DEFAULT_CASES.join(", ")})
      --night=ARGS         what a night is, as 'deno task bench' is given it (default: ${NIGHT})
      --peer MODE          beside whom the widest timings are, where PEER_PYTHON names a Python: ${MODES.join(", ")}
      --only TEXT          only steps whose names have this in them (repeatable, or separated by commas)
      --commit NAME        of the suite, where no git says it
      --list               show the steps and stop
  -h, --help

It takes a quarter of an hour; with peers on a processor longer, for PyTorch compiles on one thread. A step that takes
longer than it may is ended, and the next one begins. No step needs a network. With FILE in docs/engines
'deno task docs:engines' puts its figures into docs/engines.md.
Exit codes: 0 every step did what it should, 1 one did not, 2 bad usage.`;

/** Carries out the steps one after another; what there is by then is written after each. */
async function carryOut(steps: readonly Step[], out: string, commit: string | null): Promise<Survey> {
  let survey = emptySurvey(new Date().toISOString(), commit);
  const folder = Deno.makeTempDirSync();
  try {
    for (const { name, command, seconds, run } of steps) {
      console.error(`${name}: ${command}`);
      const start = performance.now();
      let failure: string | null = null;
      try {
        survey = await run(survey, folder, AbortSignal.timeout(1000 * seconds));
      } catch (error) {
        failure = (error as Error).message.split("\n")[0];
        console.error(`${name}: ${failure}`);
        survey = (error as { survey?: Survey }).survey ?? survey;
      }
      const took = Math.round((performance.now() - start) / 100) / 10;
      survey = { ...survey, steps: [...survey.steps, { name, command, seconds: took, failure }] };
      writeAtomically(out, JSON.stringify(survey, null, 1) + "\n");
    }
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
  return survey;
}

/** The default engine, and what has lanes and works. */
async function enginesHere(): Promise<string[]> {
  const wide = engines.filter(({ hasLanes }) => hasLanes).map(({ id }) => id);
  const found = await Promise.all(wide.map((id) => examineApart(id, true)));
  for (const { engine, state, reason } of found) if (state !== "works") console.error(`${engine}: ${reason}`);
  return ["onnx", ...found.filter(({ state }) => state === "works").map(({ engine }) => engine)];
}

async function measured(args: readonly string[]): Promise<number> {
  const flags = new Flags(args, {
    command: "survey",
    plan: ["case", "engine"],
    strings: ["out", "night", "peer", "only", "commit"],
    booleans: ["list"],
  });
  const { named, ids } = enginesNamed(flags);
  const chosen = named ? ids : await enginesHere();
  const asked = flags.names("case").map((id) => find("case", cases, id).id);
  const peers = peersNamed(flags);
  const choice = {
    engines: chosen,
    wide: chosen.filter((id) => find("engine", engines, id).hasLanes),
    cases: present(asked.length ? asked : DEFAULT_CASES),
    night: flags.text("night") ?? NIGHT,
  };
  const only = flags.names("only");
  const steps = stepsFor(choice, Deno.env.get(PEER_PYTHON) ? peers : [])
    .filter(({ name }) => only.length === 0 || only.some((text) => name.includes(text)));
  if (steps.length === 0) {
    throw new UsageError(`--only '${only.join("', '")}': no step has that in its name; see --list`);
  }
  if (flags.on("list")) {
    for (const { name, seconds, command } of steps) console.log(`${name}\t${seconds} s at most\t${command}`);
    return EXIT.ok;
  }
  const out = flags.path("out");
  if (out === null) throw new UsageError("survey: where to? Give --out FILE");
  assertWritable("--out", out);
  const { steps: done } = await carryOut(steps, out, flags.text("commit") ?? commitNow());
  return done.every(({ failure }) => failure === null) ? EXIT.ok : EXIT.drift;
}

const survey: Command = {
  name: "survey",
  summary: "measure this machine: parity, timings, a night",
  help: HELP,
  run: measured,
};

if (import.meta.main) await mainOfOne(survey, Deno.args, catalogue);

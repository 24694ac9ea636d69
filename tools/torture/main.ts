import { markdownTable } from "markdown-table";
import { catalogue } from "../../bench/mod.ts";
import { type Command, EXIT } from "../../src/commands/command.ts";
import { Flags } from "../../src/commands/flags.ts";
import { mainOfOne } from "../../src/commands/shell.ts";
import { find, UsageError } from "../../src/errors.ts";
import { assertWritable, writeAtomically } from "../../src/files.ts";
import { type Fault, FAULTS } from "./faults.ts";
import { assertSessions, isThere } from "./session.ts";
import { type Torture, torture } from "./torture.ts";

const HELP = `Disturb benches and damage files: is a run lost, does one come to something else, is a wrong file taken?

Usage: deno task torture [options]

      --faults N           how many (default: 240), drawn by the seed from all kinds
      --kinds NAME,...     only these: ${FAULTS.map(({ kind }) => kind).join(", ")}
      --documents N        hostile documents for each parser (default: 10000)
      --seed N             of the plan (default: 0)
      --json FILE          write faults, lost, differing, accepted, seed and what each was of as JSON
  -h, --help

It needs Linux; faults at system calls need strace. Exit codes: 0 nothing was lost, differs or was wrongly taken, 1 something
was, 2 bad usage.`;

/** The kinds that can happen here; of those that cannot, why. @throws {UsageError} */
function possible(names: readonly string[], tell: (line: string) => void): Fault[] {
  const asked = names.length === 0
    ? [...FAULTS]
    : names.map((name) => find("kind of fault", FAULTS.map((fault) => ({ id: fault.kind, fault })), name).fault);
  const lacking = asked.filter(({ needs }) => needs !== undefined && !isThere(needs));
  for (const { kind, needs } of lacking) tell(`torture: '${kind}' is LEFT OUT: there is no ${needs} here`);
  const left = asked.filter((fault) => !lacking.includes(fault));
  if (left.length === 0) throw new UsageError("torture: nothing of what was asked for can happen here");
  return left;
}

function seedOf(flags: Flags): number {
  const texts = flags.texts("seed");
  const seed = Number(texts.at(-1) ?? 0);
  if (texts.length > 1 || !Number.isInteger(seed) || seed < 0) {
    throw new UsageError(`--seed '${texts.join(" ")}': expected one whole number ≥ 0`);
  }
  return seed;
}

function report({ faults, lost, differing, accepted, hung, crashed, seed, kinds, documents }: Torture): void {
  const rows = Object.entries(kinds).sort(([a], [b]) => a < b ? -1 : 1).map(([kind, n]) => [kind, `${n}`]);
  console.log(markdownTable([["fault", "times"], ...rows], { align: ["l", "r"] }));
  if (documents.length) {
    const tried = documents.map(({ parser, taken, refused }) => [parser, `${taken}`, `${refused}`]);
    console.log(
      `\n${markdownTable([["hostile documents", "taken", "refused"], ...tried], { align: ["l", "r", "r"] })}`,
    );
  }
  console.log(
    `\n${faults} faults (seed ${seed}): ${lost} lost, ${differing} differing, ${accepted} wrongly accepted, ${hung} hung, ` +
      `${crashed} parsers crashed`,
  );
}

async function run(args: readonly string[]): Promise<number> {
  const flags = new Flags(args, {
    command: "torture",
    plan: [],
    strings: ["faults", "kinds", "documents", "seed", "json"],
    booleans: [],
  });
  const [faults, documents] = [flags.count("faults", 1) ?? 240, flags.count("documents", 0) ?? 10_000];
  const [seed, json] = [seedOf(flags), flags.path("json")];
  if (json) assertWritable("--json", json);
  assertSessions();
  const tell = (line: string) => console.error(line);
  const among = possible(flags.text("kinds")?.split(",").map((name) => name.trim()) ?? [], tell);
  const came = await torture({ faults, documents, seed, among, tell });
  report(came);
  if (json) writeAtomically(json, JSON.stringify(came, null, 1) + "\n");
  return came.injuries.length === 0 ? EXIT.ok : EXIT.drift;
}

const command: Command = { name: "torture", summary: "disturb benches and damage files", help: HELP, run };

if (import.meta.main) {
  await mainOfOne(command, Deno.args, catalogue);
}

import { audit } from "./src/commands/audit.ts";
import { bench } from "./src/commands/bench.ts";
import { bless } from "./src/commands/bless.ts";
import { canary } from "./src/commands/canary.ts";
import { type Command, EXIT } from "./src/commands/command.ts";
import { data } from "./src/commands/data.ts";
import { doctor } from "./src/commands/doctor.ts";
import { engineTensorflow } from "./src/commands/engine_tensorflow.ts";
import { gate } from "./src/commands/gate.ts";
import { leaderboard } from "./src/commands/leaderboard.ts";
import { list } from "./src/commands/list.ts";
import { publish } from "./src/commands/publish.ts";
import { watch } from "./src/commands/watch.ts";
import { nearest, UsageError } from "./src/errors.ts";

export const commands: readonly Command[] = [
  bench,
  watch,
  gate,
  leaderboard,
  publish,
  canary,
  bless,
  audit,
  list,
  data,
  doctor,
  engineTensorflow,
];

function usage(): string {
  const lines = commands.map(({ name, summary }) => `  deno task ${name.padEnd(17)} ${summary}`);
  return `Driven Hunt: does a second agent make networks grok sooner?\n\n${lines.join("\n")}\n\nEach takes --help.`;
}

/** argv → command → exit code. */
async function main([name, ...args]: readonly string[]): Promise<number> {
  const command = commands.find((c) => c.name === name);
  if (!command) {
    if (name === undefined || name === "--help" || name === "-h") {
      console.log(usage());
      return EXIT.ok;
    }
    throw new UsageError(`command '${name}' is unknown; did you mean '${nearest(name, commands.map((c) => c.name))}'?`);
  }
  if (args.includes("--help") || args.includes("-h")) {
    console.log(command.help);
    return EXIT.ok;
  }
  return await command.run(args);
}

if (import.meta.main) {
  try {
    Deno.exit(await main(Deno.args));
  } catch (error) {
    // Files and processes fail for reasons outside of this program; anything else is a defect and keeps its stack.
    const outside = Object.values(Deno.errors).some((kind) => error instanceof kind);
    if (!(error instanceof UsageError) && !outside) throw error;
    console.error(`error: ${(error as Error).message.split("\n")[0]}`);
    Deno.exit(EXIT.usage);
  }
}

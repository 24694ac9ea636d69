import type { Catalogue } from "../catalogue/catalogue.ts";
import { nearest, UsageError } from "../errors.ts";
import { type Command, EXIT } from "./command.ts";

function usage(commands: readonly Command[]): string {
  const lines = commands.map(({ name, summary }) => `  deno task ${name.padEnd(17)} ${summary}`);
  return `Driven Hunt: does a second agent make networks grok sooner?\n\n${lines.join("\n")}\n\nEach takes --help.`;
}

/** A command with its arguments → exit code. */
async function runCommand(command: Command, args: readonly string[], catalogue: Catalogue): Promise<number> {
  if (args.includes("--help") || args.includes("-h")) {
    console.log(command.help);
    return EXIT.ok;
  }
  return await command.run(args, catalogue);
}

/** argv → command → exit code. */
async function runNamed(
  commands: readonly Command[],
  [name, ...args]: readonly string[],
  catalogue: Catalogue,
): Promise<number> {
  const command = commands.find((c) => c.name === name);
  if (command) return await runCommand(command, args, catalogue);
  if (name === undefined || name === "--help" || name === "-h") {
    console.log(usage(commands));
    return EXIT.ok;
  }
  throw new UsageError(`command '${name}' is unknown; did you mean '${nearest(name, commands.map((c) => c.name))}'?`);
}

/** Ends this process with the exit code of `work`, or with one line that says what was wrong. */
async function exitWith(work: Promise<number>): Promise<never> {
  try {
    Deno.exit(await work);
  } catch (error) {
    // Files and processes fail for reasons outside of this program; anything else is a defect and keeps its stack.
    const outside = Object.values(Deno.errors).some((kind) => error instanceof kind);
    if (!(error instanceof UsageError) && !outside) throw error;
    console.error(`error: ${(error as Error).message.split("\n")[0]}`);
    Deno.exit(EXIT.usage);
  }
}

/** The main of a program with several commands. */
export const mainOf = (
  commands: readonly Command[],
  args: readonly string[],
  catalogue: Catalogue,
): Promise<never> => exitWith(runNamed(commands, args, catalogue));

/** The main of a program that is one command. */
export const mainOfOne = (command: Command, args: readonly string[], catalogue: Catalogue): Promise<never> =>
  exitWith(runCommand(command, args, catalogue));

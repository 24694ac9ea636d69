import type { Catalogue } from "../catalogue/catalogue.ts";
import { nearest, printable, UsageError } from "../errors.ts";
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

/** Files and processes fail for reasons outside of this program, and are then told apart by class or by number. */
const isOutside = (error: Error): boolean =>
  Object.values(Deno.errors).some((kind) => error instanceof kind) || /\(os error \d+\)/.test(error.message);

/** One line that says what was wrong; of a defect of this program also where. */
function complaintOf(thrown: unknown): string {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const said = printable(error.message.split("\n")[0]);
  if (error instanceof UsageError || isOutside(error)) return said;
  const where = error.stack?.split("\n").map((frame) => frame.trim()).find((frame) => frame.startsWith("at "));
  return `unexpected ${error.name}: ${said}${where ? ` ${where}` : ""}; a defect of this program, please report it`;
}

/** Whatever goes wrong is no drift: exit code 1 is a verdict, and Deno's own for anything that nobody caught. */
function fail(thrown: unknown): never {
  console.error(`error: ${complaintOf(thrown)}`);
  Deno.exit(EXIT.usage);
}

/** Ends this process with the exit code of `work`, or with one line that says what was wrong. */
async function exitWith(work: Promise<number>): Promise<never> {
  globalThis.addEventListener("unhandledrejection", ({ reason }) => fail(reason));
  globalThis.addEventListener("error", ({ error }) => fail(error));
  try {
    Deno.exit(await work);
  } catch (error) {
    fail(error);
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

import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { UsageError } from "./errors.ts";

/** Variables by which the dynamic loader is told to take foreign libraries. */
const LOADER = /^(LD|DYLD)_/i;

const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** How a program is started: as Deno has it, and whether it may take the libraries that the loader's variables name. */
export interface ProgramOptions extends Deno.CommandOptions {
  readonly foreignLibraries?: boolean;
}

/**
 * Another program, with the environment of this process but for the variables of the dynamic loader.
 *
 * Deno hands `LD_LIBRARY_PATH` and its like on only where every program may be run, for they run foreign code in any; a
 * task of ours may run one or two programs. Libraries are found by `ldconfig` or by the path that was built in. A program
 * that needs them all the same, `foreignLibraries`, can be started only by a task that may run any.
 */
export function command(program: string, { foreignLibraries = false, ...options }: ProgramOptions): Deno.Command {
  const variables = Object.entries({ ...Deno.env.toObject(), ...options.env });
  const env = Object.fromEntries(variables.filter(([name]) => foreignLibraries || !LOADER.test(name)));
  return new Deno.Command(program, { ...options, clearEnv: true, env });
}

/** This Deno, whatever it is asked to do. @throws {UsageError} where this process may not start itself */
export const deno = (options: Deno.CommandOptions): Deno.Command => command(self(), options);

/** A program of this project, as it is run in a process of its own. */
export interface OwnProgram extends Omit<Deno.CommandOptions, "cwd"> {
  /** Main module, from the root of the project or absolute. */
  readonly module: string;
  /** Permission set of `deno.json`. */
  readonly permissions: string;
  /** Root of the project: another one for a copy. */
  readonly root?: string;
  /** Whether it starts processes of its own, and may start git. */
  readonly starts?: boolean;
}

/** This Deno, with a program of the project. @throws {UsageError} where this process may not start itself */
export function ourselves({ module, permissions, root = ROOT, starts, args = [], ...options }: OwnProgram) {
  const flags = ["--quiet", "--no-prompt", `-P=${permissions}`];
  if (starts) flags.push(`--allow-run=git,${Deno.execPath()}`);
  return deno({ ...options, args: ["run", ...flags, module, ...args], cwd: root });
}

/** Aborts when this process is asked to end, for whoever has started others: they would go on without it. */
export function untilWeEnd(): AbortSignal {
  const end = new AbortController();
  Deno.addSignalListener("SIGTERM", () => {
    end.abort();
    // Those that were started have their signal by then.
    setTimeout(() => Deno.exit(143), 100);
  });
  return end.signal;
}

/** The line of an error output that names what went wrong, else its last one. For people: nothing depends on it. */
export function complaintIn(stderr: string | Uint8Array<ArrayBuffer>): string | null {
  const text = typeof stderr === "string" ? stderr : new TextDecoder().decode(stderr);
  const lines = text.split("\n").map((line) => line.trim()).filter(Boolean);
  return lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? null;
}

/** Why a process of ours that did not answer ended, in one line for people. */
export const whyItEnded = ({ stderr, signal, code }: Deno.CommandOutput): string =>
  signal ? `its process was ended by ${signal}` : complaintIn(stderr) ?? `its process ended with exit code ${code}`;

const mayRun = (program: string) => Deno.permissions.querySync({ name: "run", command: program }).state === "granted";

function realPath(path: string): string | null {
  try {
    return Deno.realPathSync(path);
  } catch {
    return null;
  }
}

let found: string | null = null;

/**
 * The path by which this process may start the Deno that runs it.
 *
 * Of Deno 2.9.6: `"run": ["deno"]` in a permission set stands for the one path at which the PATH has a `deno` when the
 * process starts, links not followed. It grants nothing where none is on the PATH (`npx deno task …` in a bare
 * environment), and not `Deno.execPath()` where the `deno` on the PATH is a link to it, or another Deno. A PATH that is
 * changed later, of this process or of the child, changes nothing of that. `deno.json` has no way to say "myself", and
 * `"run": true` would be far more. But `deno task` knows itself by the name `deno`, and a flag takes the place of the
 * list in the set: `--allow-run=git,"$(deno eval -p 'Deno.execPath()')"`, as in the tasks of `deno.json`, grants
 * precisely this Deno wherever it lies.
 *
 * Who gives the command without a task has what the set grants: the `deno` on the PATH, taken only if it is this Deno or
 * lies beside it, as npm's launcher does. Another version would make other records.
 */
function self(): string {
  if (found) return found;
  const own = Deno.execPath();
  const home = dirname(realPath(own) ?? own);
  const name = Deno.build.os === "windows" ? "deno.exe" : "deno";
  const onPath = (Deno.env.get("PATH") ?? "").split(delimiter).filter(Boolean).map((folder) => join(folder, name));
  const isOurs = (path: string) => dirname(realPath(path) ?? "") === home;
  found = [own, ...onPath.filter(isOurs)].find(mayRun) ?? null;
  if (found) return found;
  throw new UsageError(
    `this process may not start ${own}: give the command as 'deno task …', or with --allow-run=git,${own}`,
  );
}

import { fileURLToPath } from "node:url";
import { command } from "../../src/child.ts";
import { UsageError } from "../../src/errors.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Programs of Linux that sessions are started and ended by; `strace` besides, where it is there. */
const NEEDED = ["setsid", "pkill", "pgrep"];

/** No bench of a torture takes so long by far: one that does hangs. */
const HANGS_MS = 10 * 60 * 1000;

/** Whether a program is there. */
export function isThere(program: string): boolean {
  try {
    return command(program, { args: ["--version"], stdout: "null", stderr: "null" }).outputSync().success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** @throws {UsageError} where sessions cannot be had */
export function assertSessions(): void {
  const missing = NEEDED.filter((program) => !isThere(program));
  if (missing.length) throw new UsageError(`torture: ${missing.join(", ")} is not there; it needs a Linux with them`);
}

const signalled = (program: string, ...args: string[]) =>
  command(program, { args, stdout: "null" }).outputSync().success;

/** States of a process that is not a zombie: those go when whoever has to has asked for them, which may be never. */
const ALIVE = "R,S,D,T,t,I";

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A command of this project in a session of its own: what it starts can be found, and killed, whatever becomes of it. */
export class Session {
  readonly #child: Deno.ChildProcess;

  /** @param wrap a program that it is started by, with its arguments */
  constructor(args: readonly string[], env: Readonly<Record<string, string>>, wrap: readonly string[] = []) {
    const flags = ["--quiet", "--no-prompt", "-P=bench", `--allow-run=git,${Deno.execPath()}`];
    // Who is no leader of a group becomes the leader of its session without another process.
    this.#child = command("setsid", {
      args: [...wrap, Deno.execPath(), "run", ...flags, "main.ts", ...args],
      cwd: ROOT,
      env: { ...env, GITHUB_ACTIONS: "", NO_COLOR: "1" },
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
  }

  get #id(): string {
    return `${this.#child.pid}`;
  }

  /** Signals the command alone, as `kill` does. */
  signal(signal: Deno.Signal): void {
    try {
      this.#child.kill(signal);
    } catch (error) {
      // It has gone by itself.
      if (!(error instanceof TypeError)) throw error;
    }
  }

  /** Signals everything that it has started too, as a lost machine or Ctrl-C does. */
  signalAll(signal: "KILL" | "INT"): void {
    signalled("pkill", `-${signal}`, "-s", this.#id);
  }

  /** That all of it has gone: false where something hung, and was killed. */
  async ended(): Promise<boolean> {
    const timer = setTimeout(() => this.signalAll("KILL"), HANGS_MS);
    const began = Date.now();
    await this.#child.status;
    const isAlive = () => signalled("pgrep", "--runstates", ALIVE, "-s", this.#id);
    while (Date.now() - began < HANGS_MS && isAlive()) await pause(50);
    clearTimeout(timer);
    return Date.now() - began < HANGS_MS;
  }
}

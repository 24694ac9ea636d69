import type { Catalogue } from "../catalogue/catalogue.ts";
import { find, UsageError } from "../errors.ts";
import { WatchedFolder } from "../watch/folder.ts";
import { hostInUrl, isLoopback, LOOPBACK } from "../watch/hosts.ts";
import { serve } from "../watch/server.ts";
import { followOnTerminal } from "../watch/terminal.ts";
import { text } from "../watch/text.ts";
import { opened } from "./plugins.ts";
import { type Command, EXIT } from "./command.ts";
import { Flags } from "./flags.ts";

const HELP = `Follow the runs under way in a results folder, which a bench in another terminal trains. Only reads.

Usage: deno task watch [options]

      --results DIR        the folder that the bench was given (default: results)
  -c, --case NAME          only these cases (repeatable, or separated by commas)
  -a, --algorithm NAME     only these algorithms (likewise)
      --once               print what there is and stop; so it does where stdout is no terminal
      --serve              serve a page for this machine's browser instead, which opens finished runs too
      --port N             its port (default: 8113; 0: any that is free)
      --host ADDRESS       listen on this address, for others to read the page (default: 127.0.0.1; 0.0.0.0: every address of
                           this machine, which deno task watch:share does); it has no password
  -h, --help

What it shows is as old as a run's last checkpoint, which is written about every 30 seconds; a run whose checkpoint is older
than 5 minutes counts as not under way. Ctrl-C ends watching; the bench goes on.
Exit codes: 0 ok, 2 bad usage.`;

const PORT = 8113;
const LAST_PORT = 65_535;

/** Columns of a snapshot that no terminal has to hold. */
const PRINTED = { columns: 120, rows: null };

interface WatchOptions {
  readonly results: string;
  readonly cases: readonly string[];
  readonly algorithms: readonly string[];
  readonly once: boolean;
  /** Port of the page, or null: none is wanted. */
  readonly port: number | null;
  readonly host: string;
}

/** @throws {UsageError} */
function parseWatch(args: readonly string[]): WatchOptions {
  const flags = new Flags(args, {
    command: "watch",
    plan: ["case", "algorithm", "results"],
    strings: ["port", "host"],
    booleans: ["once", "serve"],
  });
  const [once, served, port, host] = [flags.on("once"), flags.on("serve"), flags.count("port", 0), flags.text("host")];
  if (once && served) throw new UsageError("--once prints and stops, --serve stays; leave out one of them");
  for (const flag of ["port", "host"]) {
    if (flags.text(flag) !== null && !served) throw new UsageError(`--${flag} is for the page; give --serve with it`);
  }
  if (port !== null && port > LAST_PORT) throw new UsageError(`--port '${port}': the last port is ${LAST_PORT}`);
  return {
    results: flags.text("results") ?? "results",
    cases: flags.names("case"),
    algorithms: flags.names("algorithm"),
    once,
    port: served ? port ?? PORT : null,
    host: host ?? LOOPBACK,
  };
}

/** Refuses what is there and no folder; one that is not there yet is waited for. @throws {UsageError} */
function refuseFile(results: string): void {
  try {
    if (Deno.statSync(results).isDirectory) return;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw error;
  }
  throw new UsageError(`--results '${results}' is no folder; name the folder that the bench was given`);
}

/** Works until a person or the system ends it, which is how it is meant to end. */
async function untilEnded(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const end = new AbortController();
  const onSignal = () => end.abort();
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, onSignal);
  try {
    await work(end.signal);
  } finally {
    for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.removeSignalListener(signal, onSignal);
  }
}

/** Serves the page of a folder on an address until a person or the system ends it. */
async function served(host: string, port: number, folder: WatchedFolder): Promise<void> {
  // What makes pages is loaded by who serves them alone.
  const { runPagesOf } = await import("../watch/run_pages.ts");
  const runs = runPagesOf(folder);
  await untilEnded((signal) => {
    const ownName = host === LOOPBACK ? null : Deno.hostname();
    const read = (now: number) => folder.snapshot(now);
    const { address, finished } = serve({ port, host, ownName, read, runs, signal });
    console.log(`The runs in ${folder.folder} are shown at ${address} (Ctrl-C ends)`);
    if (!isLoopback(hostInUrl(host) ?? "")) {
      console.error(`watch: whoever reaches ${host} can read the page, it has no password`);
    }
    return finished;
  });
}

async function run(args: readonly string[], builtIn: Catalogue): Promise<number> {
  const [catalogue, { results, port, host, once, ...followed }] = await opened(builtIn, parseWatch(args));
  for (const id of followed.cases) find("case", catalogue.cases, id);
  for (const id of followed.algorithms) find("algorithm", catalogue.algorithms, id);
  refuseFile(results);
  const folder = new WatchedFolder(results, followed, catalogue);
  if (port !== null) {
    await served(host, port, folder);
  } else if (once || !Deno.stdout.isTerminal()) {
    const now = Date.now();
    console.log(text(folder.snapshot(now), now, PRINTED));
  } else {
    await untilEnded((signal) => followOnTerminal((now) => folder.snapshot(now), signal));
  }
  return EXIT.ok;
}

export const watch: Command = {
  name: "watch",
  summary: "follow the runs under way in a results folder",
  help: HELP,
  run,
};

import { UsageError } from "../errors.ts";
import { StateEvents } from "./events.ts";
import curvesScript from "./page/curves.js" with { type: "text" };
import page from "./page/index.html" with { type: "text" };
import pageScript from "./page/page.js" with { type: "text" };
import pageStyle from "./page/style.css" with { type: "text" };
import tableScript from "./page/table.js" with { type: "text" };
import { hostInUrl, isEvery, LOOPBACK, mayName } from "./hosts.ts";
import { listen, type Listening } from "./listening.ts";
import { pause } from "./pause.ts";
import type { Asset, RunPages } from "./run_pages.ts";
import type { Snapshot } from "./view.ts";

/** Answers under way at a time: each holds a file descriptor, of which a system may give 256. */
const MOST_STREAMS = 64;
const MOST_OTHERS = 64;

/** Seconds after which whoever was turned away may come again. */
const RETRY_SECONDS = 5;

const [SCRIPT, STYLE] = ["text/javascript", "text/css"];
const ASSETS: ReadonlyMap<string, Asset> = new Map([
  ["/", { type: "text/html", text: page }],
  ["/page.js", { type: SCRIPT, text: pageScript }],
  ["/curves.js", { type: SCRIPT, text: curvesScript }],
  ["/table.js", { type: SCRIPT, text: tableScript }],
  ["/style.css", { type: STYLE, text: pageStyle }],
]);

/** What asks for a finished run. */
const RUN = /^\/runs\/([0-9a-f]{16})\.js$/;

/** The page needs nothing from elsewhere, and nobody needs it in a frame; no connection is held on to once it is answered. */
const HEADERS = {
  connection: "close",
  "cache-control": "no-store, no-transform",
  "content-security-policy": "default-src 'self'; img-src data:; frame-ancestors 'none'; base-uri 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

export interface ServeOptions {
  /** 0: any that is free. */
  readonly port: number;
  /** Address to listen on, or a name for it: {@linkcode LOOPBACK} where none is given. */
  readonly host?: string;
  /** What this machine calls itself, and may be called. */
  readonly ownName?: string | null;
  readonly read: (now: number) => Snapshot;
  /** What a finished run is opened with; the page takes what draws charts from there. */
  readonly runs: RunPages;
  /** Ends the streams, then the server. */
  readonly signal: AbortSignal;
  /** Seconds between two looks at the folder, and between two heartbeats. */
  readonly everySeconds?: number;
  readonly beatSeconds?: number;
}

/** A page that is being served. */
export interface Served {
  readonly address: string;
  readonly finished: Promise<void>;
}

const refusal = (status: number, line: string, headers: Record<string, string> = {}) =>
  new Response(`${line}\n`, {
    status,
    headers: { ...HEADERS, ...headers, "content-type": "text/plain; charset=utf-8" },
  });

/** Why a request is none for this page, or null: it names another host, comes from another page, or wants to write. */
function objection(request: Request, mayBeNamed: (host: string) => boolean): Response | null {
  const host = URL.parse(`http://${request.headers.get("host")}`);
  if (!host || !mayBeNamed(host.hostname)) {
    return refusal(403, "This page answers to this machine's own names only: open http://localhost, or its address.");
  }
  const site = request.headers.get("sec-fetch-site");
  if (site !== null && !["none", "same-origin"].includes(site)) {
    return refusal(403, "A page of another site asks for this one: type its address where the browser takes one.");
  }
  if (!["GET", "HEAD"].includes(request.method)) return refusal(405, "This page can only be read.");
  return null;
}

/** The page, what it is made of, and the stream of events, to as many as there is room for. */
class Desk {
  #streams = 0;
  #others = 0;

  constructor(
    readonly events: StateEvents,
    readonly runs: RunPages,
    readonly mayBeNamed: (host: string) => boolean,
  ) {}

  readonly answer = (request: Request, { completed }: Deno.ServeHandlerInfo): Response => {
    const refused = objection(request, this.mayBeNamed);
    if (refused) return refused;
    const { pathname } = new URL(request.url);
    const isStream = pathname === "/events" && request.method === "GET";
    if (isStream ? this.#streams >= MOST_STREAMS : this.#others >= MOST_OTHERS) {
      const line = isStream
        ? `This page is open ${MOST_STREAMS} times: close some, or try again later.`
        : `${MOST_OTHERS} requests are being answered: try again later.`;
      return refusal(503, line, { "retry-after": `${RETRY_SECONDS}` });
    }
    const count = (n: number) => void (isStream ? this.#streams += n : this.#others += n);
    count(1);
    completed.catch(() => {}).finally(() => count(-1));
    return this.#contents(request.method, pathname);
  };

  #contents(method: string, pathname: string): Response {
    const body = (content: () => BodyInit, type: string) =>
      new Response(method === "HEAD" ? null : content(), {
        headers: { ...HEADERS, "content-type": `${type}; charset=utf-8` },
      });
    if (pathname === "/events") return body(() => this.events.stream(), "text/event-stream");
    const asset = ASSETS.get(pathname) ?? this.runs.files.get(pathname) ?? this.#run(pathname);
    return asset ? body(() => asset.text, asset.type) : refusal(404, "There is nothing here: the page is at /.");
  }

  #run(pathname: string): Asset | null {
    const [, id] = RUN.exec(pathname) ?? [];
    const text = id === undefined ? null : this.runs.script(id);
    return text === null ? null : { type: SCRIPT, text };
  }
}

/** Publishes every change until `signal`. */
async function publish(events: StateEvents, options: ServeOptions): Promise<void> {
  const { read, signal, everySeconds = 1, beatSeconds = 15 } = options;
  let beatenAt = Date.now();
  while (!signal.aborted) {
    const now = Date.now();
    events.publish(JSON.stringify(read(now)));
    if (now - beatenAt > 1000 * beatSeconds) {
      events.beat();
      beatenAt = now;
    }
    await pause(everySeconds, signal);
  }
}

/** What to do where the page cannot be served. */
function adviceFor(error: unknown, host: string, port: number): string {
  if (error instanceof Deno.errors.AddrInUse) {
    return `port ${port} is taken by another program; choose another one with --port`;
  }
  if (error instanceof Deno.errors.NotCapable) {
    const allowed = `deno run -P=watch --allow-net=${hostInUrl(host)} main.ts watch`;
    return `this task may not listen on ${host}; give: ${allowed} --serve --host ${host}`;
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return `port ${port} is not permitted; choose another one with --port`;
  }
  return `${host} is no address that this machine can listen on: ${(error as Error).message}; choose another --host`;
}

/**
 * Serves the page until `signal`.
 *
 * @throws {UsageError} when the address or the port is no good, taken or not permitted
 */
export function serve(options: ServeOptions): Served {
  const { port, host = LOOPBACK, ownName = null } = options;
  const served = hostInUrl(host);
  if (served === null) throw new UsageError(`--host '${host}': expected an address of this machine, e.g. 192.168.0.7`);
  const events = new StateEvents();
  const desk = new Desk(events, options.runs, (named) => mayName(named, served, ownName));
  let listening: Listening;
  try {
    listening = listen({ hostname: host, port }, desk.answer);
  } catch (error) {
    throw new UsageError(`the page cannot be served: ${adviceFor(error, host, port)}`);
  }
  const finished = publish(events, options).finally(async () => {
    events.close();
    await listening.stop();
  });
  const shown = isEvery(served) ? ownName ?? "localhost" : served;
  return { address: `http://${shown}:${listening.port}/`, finished };
}

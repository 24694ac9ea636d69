import uplotStyle from "uplot/dist/uPlot.min.css" with { type: "text" };
import uplotScript from "uplot/dist/uPlot.iife.min.js" with { type: "text" };
import { UsageError } from "../errors.ts";
import { StateEvents } from "./events.ts";
import curvesScript from "./page/curves.js" with { type: "text" };
import page from "./page/index.html" with { type: "text" };
import pageScript from "./page/page.js" with { type: "text" };
import pageStyle from "./page/style.css" with { type: "text" };
import tableScript from "./page/table.js" with { type: "text" };
import { pause } from "./pause.ts";
import type { Snapshot } from "./view.ts";

const HOST = "127.0.0.1";
const LOCAL = [HOST, "localhost"];

const [SCRIPT, STYLE] = ["text/javascript", "text/css"];
const ASSETS = new Map([
  ["/", { type: "text/html", text: page }],
  ["/page.js", { type: SCRIPT, text: pageScript }],
  ["/curves.js", { type: SCRIPT, text: curvesScript }],
  ["/table.js", { type: SCRIPT, text: tableScript }],
  ["/style.css", { type: STYLE, text: pageStyle }],
  ["/uplot.js", { type: SCRIPT, text: uplotScript }],
  ["/uplot.css", { type: STYLE, text: uplotStyle }],
]);

/** The page needs nothing from elsewhere, and nobody needs it in a frame. */
const HEADERS = {
  "cache-control": "no-store, no-transform",
  "content-security-policy": "default-src 'self'; img-src data:; frame-ancestors 'none'; base-uri 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

export interface ServeOptions {
  /** 0: any that is free. */
  readonly port: number;
  readonly read: (now: number) => Snapshot;
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

/**
 * Whether a request names this machine. A page elsewhere whose name was made to point here (DNS rebinding) sends its own
 * name, and would read what it likes.
 */
function isLocal(request: Request): boolean {
  const host = URL.parse(`http://${request.headers.get("host")}`);
  return host !== null && LOCAL.includes(host.hostname);
}

const refusal = (status: number, line: string) =>
  new Response(`${line}\n`, { status, headers: { ...HEADERS, "content-type": "text/plain; charset=utf-8" } });

/** Answers a request: the page and what it is made of, or the stream of events. */
function answer(request: Request, events: StateEvents): Response {
  if (!isLocal(request)) return refusal(403, "This page is for this machine only: open http://localhost.");
  if (request.method !== "GET" && request.method !== "HEAD") return refusal(405, "This page can only be read.");
  const { pathname } = new URL(request.url);
  const body = (content: BodyInit | null, type: string) =>
    new Response(request.method === "HEAD" ? null : content, {
      headers: { ...HEADERS, "content-type": `${type}; charset=utf-8` },
    });
  if (pathname === "/events") return body(request.method === "HEAD" ? null : events.stream(), "text/event-stream");
  const asset = ASSETS.get(pathname);
  return asset ? body(asset.text, asset.type) : refusal(404, "There is nothing here: the page is at /.");
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

/**
 * Serves the page on this machine until `signal`.
 *
 * @throws {UsageError} when the port is taken or not permitted
 */
export function serve(options: ServeOptions): Served {
  const { port } = options;
  const events = new StateEvents();
  let server: Deno.HttpServer<Deno.NetAddr>;
  try {
    server = Deno.serve({ hostname: HOST, port, onListen() {} }, (request) => answer(request, events));
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse || error instanceof Deno.errors.PermissionDenied)) throw error;
    const found = error instanceof Deno.errors.AddrInUse ? "is taken by another program" : "is not permitted";
    throw new UsageError(`the page cannot be served: port ${port} ${found}; choose another one with --port`);
  }
  const finished = publish(events, options).finally(async () => {
    events.close();
    await server.shutdown();
  });
  return { address: `http://${HOST}:${server.addr.port}/`, finished };
}

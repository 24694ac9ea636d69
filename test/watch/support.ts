import { ourselves } from "../../src/child.ts";
import { START } from "../../src/run/progress.ts";
import { type StoredCheckpoint, writeCheckpoint } from "../../src/run/record/checkpoint.ts";
import type { TrialSpec } from "../../src/run/trial.ts";
import { WatchedFolder } from "../../src/watch/folder.ts";
import { runPagesOf } from "../../src/watch/run_pages.ts";
import { serve, type ServeOptions } from "../../src/watch/server.ts";
import { catalogue, resolved, specOf, storeIn } from "../support/runs.ts";

type Looked<T> = T | null | undefined | false;

/** Tries until `look` gives something; the deadline is for a run that will never get there. */
export async function eventually<T>(look: () => Looked<T> | Promise<Looked<T>>): Promise<T> {
  for (let tries = 0; tries < 12_000; tries++) {
    const found = await look();
    if (found) return found;
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error("nothing came in two minutes");
}

/** A checkpoint of a hunt at some epoch, with as many rows. */
export function madeUpCheckpoint(epoch: number, spec: TrialSpec = specOf("tiny-div", "ppm")): StoredCheckpoint {
  const rows = Array.from({ length: epoch + 1 }, (_, i) => i);
  const epochs = {
    epoch: rows,
    trainAccuracy: rows.map((i) => i / (i + 1)),
    testAccuracy: rows.map(() => 0.5),
    weightNorm: rows.map((i) => 10 + i),
  };
  const steps = { step: rows, distance: rows.map((i) => i < 2 ? null : i / 2) };
  const progress = { ...START, epoch, phase: 2, memorised: { epoch: 1, steps: 1, gradientCalls: 1 } };
  const { id, stem } = resolved(spec);
  return {
    id,
    stem,
    spec,
    progress,
    timing: { wallSeconds: epoch, secondsMemorised: 1, secondsGeneralised: null },
    curve: { epochs, steps },
    arrays: { prey: Float32Array.of(1, 2) },
    revision: { commit: null, dirty: null },
    sources: "sources",
    computation: "computation",
  };
}

/** Writes a checkpoint where a worker would; returns its path. */
export function save(
  folder: string,
  checkpoint: StoredCheckpoint,
  spec: TrialSpec = specOf("tiny-div", "ppm"),
): string {
  const path = storeIn(folder).checkpointPath(resolved(spec));
  writeCheckpoint(path, checkpoint);
  return path;
}

/** The page of a folder, served by a process of its own; `module` is its main module. */
export async function servedApart(results: string, module: string, permissions: string) {
  const child = ourselves({
    module,
    permissions,
    args: ["watch", "--serve", "--port", "0", "--results", results],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const said = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const address = /http:\/\/127\.0\.0\.1:\d+\//.exec((await said.read()).value!)![0];
  return { child, said, address };
}

/** Runs a test in a folder of its own. */
export async function inFolder(body: (folder: string) => Promise<void> | void): Promise<void> {
  const folder = Deno.makeTempDirSync();
  try {
    await body(folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

/** Serves a folder while `body` lasts. */
export async function serving(
  results: string,
  body: (address: string, end: () => Promise<void>) => Promise<void>,
  options: Partial<ServeOptions> = {},
): Promise<void> {
  const end = new AbortController();
  const folder = new WatchedFolder(results, { cases: [], algorithms: [] }, catalogue);
  const read = (now: number) => folder.snapshot(now);
  const often = { everySeconds: 0.02, beatSeconds: 0.1 };
  const runs = runPagesOf(folder);
  const { address, finished } = serve({ port: 0, read, runs, signal: end.signal, ...often, ...options });
  const stop = () => {
    end.abort();
    return finished;
  };
  try {
    await body(address, stop);
  } finally {
    await stop();
  }
}

/** The beginning of an answer to a request whose headers are as they are given; `PORT` stands for the port. */
async function beginningFor(connection: Deno.Conn, path: string, headers: readonly string[]): Promise<string> {
  const { port } = connection.remoteAddr as Deno.NetAddr;
  const lines = [`GET ${path} HTTP/1.1`, ...headers.map((line) => line.replace("PORT", `${port}`)), "", ""];
  await connection.write(new TextEncoder().encode(lines.join("\r\n")));
  const answer = new Uint8Array(2048);
  const length = await connection.read(answer);
  return new TextDecoder().decode(answer.subarray(0, length ?? 0));
}

const connectTo = (address: string) => Deno.connect({ hostname: "127.0.0.1", port: Number(new URL(address).port) });

/** Status of a request that names its host as it likes. */
export async function statusFor(
  address: string,
  host: string | null,
  path = "/",
  more: readonly string[] = [],
): Promise<string> {
  using connection = await connectTo(address);
  const named = host === null ? [] : [`Host: ${host}`];
  return (await beginningFor(connection, path, [...named, "Connection: close", ...more])).split(" ")[1];
}

/** A page that is open until it is closed, and how it was answered. */
export async function openPage(address: string): Promise<{ connection: Deno.Conn; beginning: string }> {
  const connection = await connectTo(address);
  return { connection, beginning: await beginningFor(connection, "/events", ["Host: localhost"]) };
}

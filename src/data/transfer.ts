/** The part of `fetch` that is used, so that tests can stand in for the network. */
export type Fetch = (url: URL, init: RequestInit) => Promise<Response>;

/** How to transfer one file. */
export interface TransferOptions {
  readonly fetch: Fetch;
  /** Give up when nothing arrives for so many milliseconds. */
  readonly stallMs: number;
  /** Called after every piece with the bytes on disk and, when the server says it, the bytes of the whole file. */
  readonly onBytes: (received: number, total: number | undefined) => void;
}

/**
 * Appends what is missing of `url` to the file `part`, and syncs it to disk. A server that ignores the range, refuses it,
 * or answers with another one makes it start from nothing.
 *
 * On failure the bytes that arrived stay in `part`, for the next attempt.
 *
 * @returns Whether old bytes of `part` were kept.
 * @throws {Error} If the server cannot be reached, answers with an error, stalls, or closes too early.
 */
export async function transfer(url: URL, part: string, options: TransferOptions): Promise<boolean> {
  const { fetch, stallMs, onBytes } = options;
  const controller = new AbortController();
  const stalled = new Error(`nothing arrived for ${stallMs / 1000} s`);
  let timer = setTimeout(() => controller.abort(stalled), stallMs);
  const request = (from: number) => {
    // No transport compression: lengths and ranges have to count the bytes of the file itself.
    const headers = { "accept-encoding": "identity", ...(from > 0 ? { range: `bytes=${from}-` } : {}) };
    return fetch(url, { headers, signal: controller.signal });
  };
  try {
    let from = await sizeOf(part);
    let response = await request(from);
    if (from > 0 && rangeRefused(response, from)) {
      await response.body?.cancel();
      from = 0;
      response = await request(from);
    }
    if (response.status === 200) from = 0;
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      throw new Error(`HTTP ${response.status} ${response.statusText}`.trim());
    }
    const announced = response.headers.get("content-length");
    const total = announced === null ? undefined : from + Number(announced);
    let received = from;
    using file = await Deno.open(part, { write: true, create: true });
    await file.truncate(from);
    await file.seek(from, Deno.SeekMode.Start);
    for await (const chunk of response.body) {
      clearTimeout(timer);
      timer = setTimeout(() => controller.abort(stalled), stallMs);
      await writeAll(file, chunk);
      received += chunk.length;
      onBytes(received, total);
    }
    await file.sync();
    if (total !== undefined && received !== total) {
      throw new Error(`closed after ${received} of ${total} bytes`);
    }
    return from > 0;
  } finally {
    clearTimeout(timer);
  }
}

function rangeRefused(response: Response, from: number): boolean {
  if (response.status === 416) return true;
  return response.status === 206 && !response.headers.get("content-range")?.startsWith(`bytes ${from}-`);
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await Deno.stat(path)).size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) done += await file.write(bytes.subarray(done));
}

/** A mirror on 127.0.0.1 that remembers what it was asked. */
export interface FakeMirror extends AsyncDisposable {
  /** Its folder, ending with a slash. */
  readonly url: string;
  /** The Range header of every request, null where there was none. */
  readonly ranges: (string | null)[];
}

/** Starts a mirror that answers with `answer`. */
export function mirror(answer: (request: Request) => Response): FakeMirror {
  const ranges: (string | null)[] = [];
  const controller = new AbortController();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, signal: controller.signal, onListen: () => {}, onError: () => new Response() },
    (request) => {
      ranges.push(request.headers.get("range"));
      return answer(request);
    },
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}/`,
    ranges,
    async [Symbol.asyncDispose]() {
      controller.abort(); // not shutdown(): that would wait for answers that never end
      await server.finished;
    },
  };
}

/** Serves `body` and honours Range, as the real mirrors do. */
export function ranged(body: Uint8Array<ArrayBuffer>): (request: Request) => Response {
  return (request) => {
    const range = request.headers.get("range");
    if (range === null) return new Response(body);
    const from = Number(/^bytes=(\d+)-$/.exec(range)?.[1]);
    if (from >= body.length) return new Response(null, { status: 416 });
    return new Response(body.slice(from), {
      status: 206,
      headers: { "content-range": `bytes ${from}-${body.length - 1}/${body.length}` },
    });
  };
}

/** Announces all of `body`, sends the first `count` bytes, and breaks the connection when `until` is resolved. */
export function broken(body: Uint8Array<ArrayBuffer>, count: number, until: Promise<void>): () => Response {
  return () => {
    const half = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(body.slice(0, count)),
      async pull(controller) {
        await until;
        controller.error(new Error("broken on purpose"));
      },
    });
    return new Response(half, { headers: { "content-length": String(body.length) } });
  };
}

/** Messages that a page may be behind: one that falls further behind is let go, and comes back to the last state. */
const FURTHEST_BEHIND = 8;

/** Milliseconds after which a page that was let go comes back. */
const RETRY = 2000;

type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();

/** One page: what waits until it reads on. It is no queue of a stream, which could not be emptied. */
class Page {
  #waiting: Bytes[];
  #ended = false;
  #wake = () => {};

  constructor(first: Bytes) {
    this.#waiting = [first];
  }

  get behind(): number {
    return this.#waiting.length;
  }

  tell(message: Bytes): void {
    this.#waiting.push(message);
    this.#wake();
  }

  /** Ends the stream after what still waits. */
  end(): void {
    this.#ended = true;
    this.#wake();
  }

  /** Ends the stream at once. */
  letGo(): void {
    this.#waiting = [];
    this.end();
  }

  stream(onGone: () => void): ReadableStream<Bytes> {
    const pull = async (controller: ReadableStreamDefaultController<Bytes>) => {
      if (!this.#waiting.length && !this.#ended) await new Promise<void>((wake) => this.#wake = wake);
      const next = this.#waiting.shift();
      next ? controller.enqueue(next) : controller.close();
    };
    const cancel = () => {
      onGone();
      this.letGo();
    };
    return new ReadableStream({ pull, cancel }, { highWaterMark: 0 });
  }
}

/** Server-sent events of one kind, `state`: whoever comes later is told the last one at once. */
export class StateEvents {
  readonly #pages = new Set<Page>();
  #last: string | null = null;
  #count = 0;

  /** A stream of `text/event-stream` for one page. */
  stream(): ReadableStream<Bytes> {
    const page = new Page(encoder.encode(`retry: ${RETRY}\n\n${this.#last ?? ""}`));
    this.#pages.add(page);
    return page.stream(() => this.#pages.delete(page));
  }

  /** Tells every page a state, JSON on one line, unless it is the one that they know. */
  publish(state: string): void {
    const data = `data: ${state}\n\n`;
    if (this.#last?.endsWith(data)) return;
    this.#last = `event: state\nid: ${++this.#count}\n${data}`;
    this.#send(this.#last);
  }

  /** Keeps connections open that a silent proxy or a sleeping page would lose. */
  beat(): void {
    this.#send(": heartbeat\n\n");
  }

  /** Ends every stream. */
  close(): void {
    for (const page of this.#pages) page.end();
    this.#pages.clear();
  }

  #send(message: string): void {
    const bytes = encoder.encode(message);
    for (const page of this.#pages) {
      if (page.behind <= FURTHEST_BEHIND) {
        page.tell(bytes);
      } else {
        this.#pages.delete(page);
        page.letGo();
      }
    }
  }
}

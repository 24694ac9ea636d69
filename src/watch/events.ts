/** Messages that a page may be behind: one that falls further behind is let go, and comes back to the last state. */
const FURTHEST_BEHIND = 8;

/** Milliseconds after which a page that was let go comes back. */
const RETRY = 2000;

type Listener = ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>;

const encoder = new TextEncoder();

/** Server-sent events of one kind, `state`: whoever comes later is told the last one at once. */
export class StateEvents {
  readonly #listeners = new Set<Listener>();
  #last: string | null = null;
  #count = 0;

  /** A stream of `text/event-stream` for one page. */
  stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    let own: Listener;
    return new ReadableStream<Uint8Array<ArrayBuffer>>({
      start: (controller) => {
        this.#listeners.add(own = controller);
        controller.enqueue(encoder.encode(`retry: ${RETRY}\n\n${this.#last ?? ""}`));
      },
      cancel: () => void this.#listeners.delete(own),
    });
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
    for (const listener of this.#listeners) listener.close();
    this.#listeners.clear();
  }

  #send(message: string): void {
    const bytes = encoder.encode(message);
    for (const listener of this.#listeners) {
      if ((listener.desiredSize ?? 0) > -FURTHEST_BEHIND) {
        listener.enqueue(bytes);
      } else {
        this.#listeners.delete(listener);
        listener.close();
      }
    }
  }
}

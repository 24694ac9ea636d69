/** What a formatter is given. */
export interface ProgressBarFormatter {
  /** The time since the start, as `mm:ss`. */
  styledTime: string;
  /** The value and the largest value in binary units, as `0.40/97.66 KiB`. */
  styledData: (fractions?: number) => string;
  /** The bar itself, as `###-------`. */
  progressBar: string;
  /** Milliseconds since the start. */
  time: number;
  /** `time` at the last call. */
  previousTime: number;
  /** The value. */
  value: number;
  /** `value` at the last call. */
  previousValue: number;
  /** The largest value. */
  max: number;
}

/** Options of {@linkcode ProgressBar}. */
export interface ProgressBarOptions {
  /** Where to print; stderr by default. */
  writable?: WritableStream<Uint8Array>;
  /** The value to begin with; 0 by default. */
  value?: number;
  /** The largest value. */
  max: number;
  /** The length of the bar in characters; 50 by default. */
  barLength?: number;
  /** What the bar is filled with; `#` by default. */
  fillChar?: string;
  /** What the rest of the bar is filled with; `-` by default. */
  emptyChar?: string;
  /** Whether to remove the bar at the end; `false` by default. */
  clear?: boolean;
  /** Makes the line to print; by default `[mm:ss] [###-------] [0.24/97.66 KiB]`. */
  formatter?: (formatter: ProgressBarFormatter) => string;
  /** Whether to leave `writable` open at the end; `true` by default. */
  keepOpen?: boolean;
}

const CLEAR_LINE = "\r\x1b[K";
const REFRESH_MILLISECONDS = 1000;
const UNITS = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"];

function defaultFormatter({ styledTime, progressBar, styledData }: ProgressBarFormatter): string {
  return `[${styledTime}] [${progressBar}] [${styledData()}]`;
}

function inUnits(value: number, max: number): string {
  const power = Math.max(1, UNITS.findLastIndex((_, i) => max >= 1024 ** (i + 1)) + 1);
  const [part, whole] = [value, max].map((x) => (x / 1024 ** power).toFixed(2));
  return `${part}/${whole} ${UNITS[power - 1]}`;
}

/**
 * A bar that is printed once a second until it is stopped.
 *
 * @example
 * ```ts
 * import { ProgressBar } from "@std/cli/unstable-progress-bar";
 * import { assertEquals } from "@std/assert";
 *
 * const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
 * const bar = new ProgressBar({ max: 4, barLength: 4, writable, keepOpen: false, formatter: (x) => x.progressBar });
 * bar.value += 3;
 * const [text] = await Promise.all([new Response(readable).text(), bar.stop()]);
 * assertEquals(text, "\r\x1b[K----\r\x1b[K###-\n");
 * ```
 */
export class ProgressBar {
  /** How far things are. */
  value: number;
  /** How far they shall go. */
  max: number;

  readonly #options: Required<Omit<ProgressBarOptions, "value" | "max" | "writable">>;
  readonly #writer: WritableStreamDefaultWriter<string>;
  readonly #piped: Promise<void>;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #start = Date.now();
  #previousTime = 0;
  #previousValue: number;

  /** @param options What to print, and where. */
  constructor({ writable = Deno.stderr.writable, value = 0, max, ...options }: ProgressBarOptions) {
    this.value = this.#previousValue = value;
    this.max = max;
    this.#options = {
      barLength: options.barLength ?? 50,
      fillChar: options.fillChar ?? "#",
      emptyChar: options.emptyChar ?? "-",
      clear: options.clear ?? false,
      formatter: options.formatter ?? defaultFormatter,
      keepOpen: options.keepOpen ?? true,
    };
    const encoder = new TextEncoderStream();
    this.#timer = setInterval(() => this.#print(), REFRESH_MILLISECONDS);
    this.#piped = encoder.readable.pipeTo(writable, { preventClose: this.#options.keepOpen })
      .catch(() => clearInterval(this.#timer));
    this.#writer = encoder.writable.getWriter();
    this.#print();
  }

  /** Prints a last time, or removes the bar, and releases the stream. A stream that fails is left alone. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    if (this.#options.clear) this.#write(CLEAR_LINE);
    else {
      this.#print();
      this.#write("\n");
    }
    await this.#writer.close().catch(() => {});
    await this.#piped;
  }

  #print(): void {
    const { value, max } = this;
    const { barLength, fillChar, emptyChar, formatter } = this.#options;
    const time = Date.now() - this.#start;
    const filled = Math.trunc(Math.min(Math.max(value / max, 0), 1) * barLength);
    const twoDigits = (x: number) => `${Math.trunc(x)}`.padStart(2, "0");
    this.#write(
      CLEAR_LINE + formatter({
        styledTime: `${twoDigits(time / 60_000)}:${twoDigits(time / 1000 % 60)}`,
        styledData: () => inUnits(value, max),
        progressBar: fillChar.repeat(filled) + emptyChar.repeat(barLength - filled),
        time,
        previousTime: this.#previousTime,
        value,
        previousValue: this.#previousValue,
        max,
      }),
    );
    this.#previousTime = time;
    this.#previousValue = value;
  }

  #write(text: string): void {
    this.#writer.write(text).catch(() => {});
  }
}

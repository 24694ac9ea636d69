import { assertEquals } from "@std/assert";
import { ProgressBar, type ProgressBarFormatter, type ProgressBarOptions } from "@std/cli/unstable-progress-bar";

/** Does something while the time stands still but for what it passes, and the one timer ticks when a second has passed. */
async function withClock<T>(body: (passSecond: () => void) => Promise<T>): Promise<T> {
  const { setInterval } = globalThis;
  const { now } = Date;
  let [time, tick] = [now(), () => {}];
  Date.now = () => time;
  globalThis.setInterval = ((act: () => void, ms: number) => {
    assertEquals(ms, 1000);
    tick = act;
    return 0;
  }) as unknown as typeof setInterval;
  try {
    return await body(() => {
      time += 1000;
      tick();
    });
  } finally {
    Date.now = now;
    globalThis.setInterval = setInterval;
  }
}

/** What a bar prints from its start to its end, stopped at once. */
const printed = (options: ProgressBarOptions, steps?: (bar: ProgressBar, passSecond: () => void) => unknown) =>
  withClock(async (passSecond) => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const text = new Response(readable).text();
    const bar = new ProgressBar({ writable, ...options });
    await steps?.(bar, passSecond);
    await bar.stop();
    if (options.keepOpen !== false) await writable.close(); // throws if stop() closed it
    return await text;
  });

const line = (bar: string, data: string) => `\r\x1b[K[00:00] [${bar}] [${data}]`;

Deno.test("ProgressBar prints bar, time and data in binary units", async () => {
  const first = line("-".repeat(50), "0.00/9.77 KiB");
  const last = line("#".repeat(25) + "-".repeat(25), "4.88/9.77 KiB");
  assertEquals(await printed({ max: 10_000 }, (bar) => bar.value += 5000), `${first}${last}\n`);
});

Deno.test("ProgressBar keeps the bar inside its length", async () => {
  const cases: [Partial<ProgressBarOptions>, string, string][] = [
    [{ value: -1 }, "--", "-0.00/1.00 KiB"],
    [{ value: 1025 }, "##", "1.00/1.00 KiB"],
    [{ value: 1, max: 2 ** 20, fillChar: "=", emptyChar: " " }, "  ", "0.00/1.00 MiB"],
    [{ max: 2 ** 50 }, "--", "0.00/1.00 PiB"],
    [{ max: -1 }, "--", "0.00/-0.00 KiB"],
  ];
  for (const [options, bar, data] of cases) {
    const text = line(bar, data);
    assertEquals(await printed({ max: 1024, barLength: 2, ...options }), `${text}${text}\n`);
  }
});

Deno.test("ProgressBar removes itself if it shall", async () => {
  assertEquals(await printed({ max: 1, clear: true, formatter: () => "x" }), "\r\x1b[Kx\r\x1b[K");
});

Deno.test("ProgressBar closes the stream if it shall", async () => {
  assertEquals(await printed({ max: 1, keepOpen: false, formatter: () => "x" }), "\r\x1b[Kx\r\x1b[Kx\n");
});

Deno.test("ProgressBar tells its formatter now and before, every second", async () => {
  const calls: ProgressBarFormatter[] = [];
  const formatter = (x: ProgressBarFormatter) => `${calls.push(x)}`;
  await printed({ max: 10, value: 1, formatter }, (bar, passSecond) => {
    bar.value = 3;
    bar.max = 20;
    passSecond();
  });
  assertEquals(calls.map((x) => [x.previousValue, x.value, x.max]), [[1, 1, 10], [1, 3, 20], [3, 3, 20]]);
  assertEquals(calls.map((x) => [x.previousTime, x.time]), [[0, 0], [0, 1000], [1000, 1000]]);
  assertEquals(calls.map((x) => x.styledTime), ["00:00", "00:01", "00:01"]);
});

Deno.test("ProgressBar survives a reader that goes away", async () => {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const bar = new ProgressBar({ max: 1, writable });
  await readable.cancel();
  await bar.stop();
});

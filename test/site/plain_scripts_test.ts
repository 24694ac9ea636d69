import { assert, assertEquals } from "@std/assert";
import "../../src/site/assets/numbers.js";
import "../../src/site/assets/curves.js";

type Column = readonly (number | null)[];

/** What the scripts put into the global scope of a page. */
const { numbers, curves } = globalThis as unknown as {
  numbers: {
    figure(x: number | null): string;
    calls(known: object | null): string;
    ratio(first: object | null, own: object | null): string;
    logTicks(least: number, greatest: number): number[];
  };
  curves: {
    onGrid(places: Column, column: Column, grid: Column): Column;
    gridOf(first: number, last: number, places: number): number[];
    bandOf(columns: readonly Column[]): { median: Column; least: Column; greatest: Column };
    timesOf(run: object, unit: string): { epochs: Column; steps: Column };
    huntBegins(run: object, times: object): number | null;
    placed(labels: readonly { at: number; width: number }[], right: number): { from: number; row: number }[];
  };
};

Deno.test("figures have three digits that mean something, and separators", () => {
  const shown = [0, 0.0123456, 3.14159, 452.966, 1234.5, 199_210, 1e-8, 2.34e-7, 3e9, null, NaN];
  assertEquals(shown.map(numbers.figure), [
    "0",
    "0.0123",
    "3.14",
    "453",
    "1,235",
    "199,210",
    "10⁻⁸",
    "2.3·10⁻⁷",
    "3·10⁹",
    "–",
    "–",
  ]);
});

Deno.test("a ratio to what was not reached is a bound, and none where both sides are", () => {
  const [fast, slow, never] = [{ "=": 200 }, { "=": 50_000 }, { ">=": 75_000 }];
  assertEquals(numbers.ratio(slow, fast), "250×");
  assertEquals(numbers.ratio(fast, slow), "0.00400×");
  assertEquals(numbers.ratio(never, slow), "≥ 1.50×");
  assertEquals(numbers.ratio(slow, never), "≤ 0.667×");
  assertEquals([numbers.ratio(never, never), numbers.ratio(null, fast)], ["–", "–"]);
  assertEquals([numbers.calls(slow), numbers.calls(never), numbers.calls(null)], ["50,000", "≥ 75,000", "–"]);
});

Deno.test("ticks of an axis over many decades are few, and powers of ten", () => {
  assertEquals(numbers.logTicks(30, 450), [50, 100, 200]);
  assertEquals(numbers.logTicks(0.2, 15_000), [1, 10, 100, 1000, 10_000]);
  const many = numbers.logTicks(1e-20, 1);
  assert(many.length <= 8 && many.includes(1e-9), many.join());
});

Deno.test("a column on a grid is straight between its rows, nothing before them, and keeps its last value", () => {
  const grid = [1, 5, 10, 15, 20, 30];
  assertEquals(curves.onGrid([5, 10, 12, 20], [0, 1, null, 2], grid), [null, 0, 1, 1.5, 2, 2]);
  assertEquals(curves.onGrid([], [], [1, 2]), [null, null]);
});

Deno.test("a grid ends where it is asked to, and is even on a logarithmic axis", () => {
  const grid = curves.gridOf(5, 75_000, 4);
  assertEquals([grid[0], grid.at(-1), Math.round(grid[1] ** 2 - grid[0] * grid[2])], [5, 75_000, 0]);
});

Deno.test("the median crosses a threshold where the median of the crossings is, and the band holds every seed", () => {
  const crossing = [1, 2, 3, 4, 5].map((own) => [1, 2, 3, 4, 5, 6].map((at) => at >= own ? 1 : 0));
  const { median, least, greatest } = curves.bandOf(crossing);
  assertEquals(median, [0, 0, 1, 1, 1, 1]);
  assertEquals([least, greatest], [[0, 0, 0, 0, 1, 1], [1, 1, 1, 1, 1, 1]]);
  assertEquals(curves.bandOf([[null, 2], [null, 4]]).median, [null, 3]);
});

/** Two epochs of four steps with a gradient call each, and two more with two calls a step; then it diverges. */
const run = {
  epochs: 4,
  steps: 18,
  gradientCalls: 28,
  curve: {
    epochs: { epoch: [0, 2, 4], steps: [0, 8, 16], gradientCalls: [0, 8, 24] },
    steps: { step: [1, 8, 9, 18], distance: [null, null, 3, 4] },
  },
};

Deno.test("steps stand at their gradient calls, those after the last evaluation too, and a hunt where its first is", () => {
  const calls = curves.timesOf(run, "gradientCalls");
  assertEquals(calls.steps, [1, 8, 10, 28]);
  assertEquals(curves.timesOf(run, "epoch").steps, [0.25, 2, 2.25, 4]);
  assertEquals(curves.huntBegins(run, calls), 10);
  assertEquals(curves.huntBegins({ curve: { steps: {} } }, calls), null);
});

Deno.test("no label of a mark stands over another, or out of the chart", () => {
  const labels = [10, 12, 60, 95].map((at) => ({ at, width: 30 }));
  const places = curves.placed(labels, 100);
  places.forEach((one, i) => {
    assert(one.from >= 0 && one.from + 30 <= 100);
    for (const other of places.slice(i + 1)) {
      assert(one.row !== other.row || one.from + 30 <= other.from, JSON.stringify(places));
    }
  });
  assertEquals(places.map(({ row }) => row), [0, 1, 0, 1]);
});

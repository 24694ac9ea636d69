import { assertEquals } from "@std/assert";
import { boundedMedian, kaplanMeierMedian } from "../../src/stats/kaplan_meier.ts";
import { observe } from "../../src/stats/observe.ts";
import { type Followed, sustainedOf } from "../../src/stats/sustained.ts";
import { madeUp } from "../support/records.ts";

/** A run that first crosses at epoch 40, and is followed to 44 as it should be. */
const made = madeUp({ seed: 0, generalised: 40 });
const crossed = { ...made, epochs: 44, gradientCalls: 176, config: { ...made.config, extraEpochs: 4 } };
const steady = { epochs: 4, shareAbove: 1, lowestAccuracy: 1 };
const at = (epoch: number) => ({ epoch, steps: 4 * epoch, gradientCalls: 4 * epoch });

/** Gradient calls to the sustained crossing, and whether they are only a bound. */
function seen(how: Partial<Followed>) {
  const run = sustainedOf({ ...crossed, ...how });
  return [observe(run, "generalised", "gradientCalls", "start"), observe(run, "generalised", "epochs", "start")!.time];
}

Deno.test("a crossing that nothing follows below is sustained; after a dip the last stretch has to be as long", () => {
  const reached = (epoch: number) => [{ time: 4 * epoch, censored: false }, epoch];
  const bound = (epoch: number) => [{ time: 4 * epoch, censored: true }, epoch];
  assertEquals(seen({ above: at(40) }), reached(40));
  // It could have begun at 42, had it gone on; at the end below, it begins later than that.
  assertEquals(seen({ above: at(42) }), bound(42));
  assertEquals(seen({ above: null }), bound(44));
  assertEquals(seen({ above: at(42), epochs: 46, gradientCalls: 184 }), reached(42));
});

Deno.test("a record that does not tell of its last stretch: steady to the end, or the first crossing as a bound", () => {
  assertEquals(seen({ above: undefined, steadiness: steady }), [{ time: 160, censored: false }, 40]);
  assertEquals(seen({ above: undefined, steadiness: { ...steady, shareAbove: 0.75 } })[0], {
    time: 160,
    censored: true,
  });
  // Its budget ended it before it had been followed long enough.
  const cut = { steadiness: { ...steady, epochs: 2 }, epochs: 42, gradientCalls: 168 };
  assertEquals(seen({ above: undefined, ...cut })[0], { time: 160, censored: true });
  const never = { generalised: null, steadiness: null, status: "censored" as const };
  assertEquals(seen({ above: undefined, ...never })[0], { time: 176, censored: true });
});

Deno.test("a run that diverged never stays above, however long it had been there", () => {
  assertEquals(seen({ above: null, status: "diverged" })[0], { time: Infinity, censored: true });
  assertEquals(seen({ above: undefined, steadiness: steady, status: "diverged" })[0], {
    time: Infinity,
    censored: true,
  });
});

Deno.test("a median of bounds is exact only where no bound could change it; Kaplan and Meier would assume", () => {
  const reached = (time: number) => ({ time, censored: false });
  const bound = (time: number) => ({ time, censored: true });
  const dipped = [bound(1), reached(2), reached(3), reached(4), bound(5)];
  assertEquals(boundedMedian(dipped), { value: 3, relation: ">=" });
  assertEquals(kaplanMeierMedian(dipped), { value: 3.5, relation: "=" });
  assertEquals(boundedMedian([reached(1), reached(2), reached(3), bound(3), bound(5)]), { value: 3, relation: "=" });
  assertEquals(boundedMedian([reached(1), reached(3), bound(3), bound(5)]), { value: 3, relation: ">=" });
  assertEquals(boundedMedian([reached(1), reached(3), reached(4), bound(5)]), { value: 3.5, relation: "=" });
  assertEquals(boundedMedian([bound(Infinity), bound(Infinity), reached(7)]), { value: 7, relation: ">=" });
  assertEquals(boundedMedian([]), null);
});

import { assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { dirname, join } from "node:path";
import { confirmationSeeds, rotatingSeeds } from "../../src/fleet/seeds.ts";
import { readHistory } from "../../src/report/history.ts";
import { commitsText, seriesOf } from "../../src/report/series.ts";
import { cli } from "../support/runs.ts";

const day = (night: number) => `2026-10-${String(night + 1).padStart(2, "0")}`;

/** A judgement of two cells; a time below 0 is a bound. */
const judgement = (night: number, times: Readonly<Record<string, number>>) => ({
  judgedAt: `${day(night)}T02:00:00.000Z`,
  profile: "paper",
  engine: "onnx",
  verdict: "reproduced",
  runs: { repeated: 0, fresh: 5 },
  commits: [`${night}`.repeat(12)],
  findings: Object.entries(times).map(([algorithm, value]) => ({
    tier: "time",
    subject: `mnist1k ${algorithm}`,
    cell: { case: "mnist1k", key: algorithm },
    quantity: "gradient calls to generalise",
    verdict: "reproduced",
    // Those that confirm are of no series.
    seeds: [0, 1, 2, 3, 4, ...night % 2 ? confirmationSeeds("2026-10-01", 8) : []],
    numbers: {
      calls: { expected: null, found: { value: Math.abs(value), relation: value < 0 ? ">=" : "=" } },
    },
  })),
});

function withHistory<T>(nights: readonly Readonly<Record<string, number>>[], use: (folder: string) => T): T {
  const folder = Deno.makeTempDirSync();
  nights.forEach((times, i) => Deno.writeTextFileSync(join(folder, `${i}.json`), JSON.stringify(judgement(i, times))));
  return use(folder);
}

const NIGHTS = [400, 404, 400, 404, 560, 564, 560, 564].map((ppm, i) => ({ ppm, adamw: i === 3 ? -9000 : 3000 }));

Deno.test("a cell's times over judgements are a series, and a lasting change of level is told with its commits", () => {
  withHistory(NIGHTS, (folder) => {
    const [adamw, ppm] = seriesOf(readHistory(folder));
    assertEquals([adamw.subject, ppm.subject], ["mnist1k adamw", "mnist1k ppm"]);
    assertEquals(ppm.points.length, 8);
    assertEquals(ppm.steps.length, 1);
    const [{ before, after, factor }] = ppm.steps;
    assertEquals([before.judgedAt.slice(0, 10), after.judgedAt.slice(0, 10)], [day(3), day(4)]);
    assertAlmostEquals(factor, 562 / 402, 0.005);
    assertEquals(commitsText(ppm.steps[0]), "333333333 → 444444444");
    // A median that was not reached is a point of the series and no level.
    assertEquals([adamw.points[3].calls.relation, adamw.steps], [">=", []]);
    Deno.removeSync(folder, { recursive: true });
  });
});

const OLD = { tier: "time", subject: "a", quantity: "epochs to generalise", verdict: "reproduced" };

Deno.test("judgements from before medians were kept have no times, and those of other engines are other series", () => {
  withHistory([{ ppm: 400 }], (folder) => {
    const old = { ...judgement(1, { ppm: 400 }), findings: [OLD] };
    Deno.writeTextFileSync(join(folder, "old.json"), JSON.stringify(old));
    Deno.writeTextFileSync(join(folder, "gpu.json"), JSON.stringify({ ...judgement(2, { ppm: 9 }), engine: "wasm" }));
    assertEquals(seriesOf(readHistory(folder)).map(({ engine, points }) => [engine, points.length]), [
      ["onnx", 1],
      ["wasm", 1],
    ]);
    Deno.removeSync(folder, { recursive: true });
  });
});

Deno.test("other seeds are another series, a judgement that lies there twice is one, and one that is incomplete is none", () => {
  withHistory([{ ppm: 400 }, { ppm: 404 }], (folder) => {
    const write = (name: string, made: unknown) => Deno.writeTextFileSync(join(folder, name), JSON.stringify(made));
    write("again.json", judgement(1, { ppm: 404 }));
    const of = (night: number, change: object) => {
      const made = judgement(night, { ppm: 900 });
      return { ...made, findings: made.findings.map((finding) => ({ ...finding, ...change })) };
    };
    write("day.json", of(2, { seeds: rotatingSeeds("2026-10-03", 5) }));
    write("next-day.json", of(3, { seeds: rotatingSeeds("2026-10-04", 5) }));
    write("cut.json", of(4, { verdict: "incomplete" }));
    assertEquals(seriesOf(readHistory(folder)).map(({ seeds, points }) => [seeds, points.length]), [
      ["0–4", 2],
      ["of the day", 2],
    ]);
    Deno.removeSync(folder, { recursive: true });
  });
});

Deno.test("deno task history says which levels have changed, on request of all cells, and writes the series", async () => {
  const folder = withHistory(NIGHTS, (folder) => folder);
  const out = join(Deno.makeTempDirSync(), "series.json");
  try {
    const of = (...args: string[]) => cli(["history", "--history", folder, ...args], {}, "gate");
    const { code, stdout } = await of("--json", out);
    assertEquals(code, 0);
    assertStringIncludes(stdout, "8 judgements, 2 cells; the level of 1 has changed.");
    assertStringIncludes(stdout, `${day(4)}: 1.40× (333333333 → 444444444)`);
    assertEquals(stdout.includes("mnist1k adamw"), false);
    assertEquals(JSON.parse(Deno.readTextFileSync(out)).length, 2);
    assertStringIncludes((await of("--all")).stdout, "mnist1k adamw");
    assertStringIncludes((await of("-a", "adamw")).stdout, "1 cells; the level of 0 has changed.");
    assertEquals((await of("-a", "adamx")).code, 2);
    assertStringIncludes((await cli(["history"], {}, "gate")).stderr, "history needs --history DIR");
  } finally {
    for (const made of [folder, dirname(out)]) Deno.removeSync(made, { recursive: true });
  }
});

import { type Level, levelsOf } from "../stats/steps.ts";
import type { PastTime, PastVerdict } from "./history.ts";

/** A cell's time in one judgement. */
export interface SeriesPoint extends Pick<PastTime, "verdict" | "calls"> {
  /** ISO 8601, UTC. */
  readonly judgedAt: string;
  readonly commits: readonly string[];
}

/** A change of level: what was merged between the two judgements made it, or the runner that they were made on. */
export interface SeriesStep {
  readonly before: SeriesPoint;
  readonly after: SeriesPoint;
  /** Level after / level before. */
  readonly factor: number;
}

/** The times of one cell on the same seeds, or on those of each day, over all judgements that have them, oldest first. */
export interface Series extends Pick<PastTime, "key" | "case" | "subject" | "seeds"> {
  readonly profile: string;
  readonly engine: string;
  readonly points: readonly SeriesPoint[];
  readonly steps: readonly SeriesStep[];
}

/** Accuracies are seen at each 1 % of growth: times lie no closer to their level than that. */
const RESOLUTION = { leastScatter: 0.01, leastLength: 2 };

/** Changes of level of log T; a median that was not reached has none. */
function stepsOf(points: readonly SeriesPoint[]): SeriesStep[] {
  const reached = points.filter(({ calls }) => calls.relation === "=" && calls.value > 0);
  const levels = levelsOf(reached.map(({ calls }) => Math.log(calls.value)), RESOLUTION);
  return levels.slice(1).map(({ from, median }: Level, i) => ({
    before: reached[from - 1],
    after: reached[from],
    factor: Math.exp(median - levels[i].median),
  }));
}

/** Every cell of a history as a series, in the order of its names. */
export function seriesOf(history: readonly PastVerdict[]): Series[] {
  const points = history.flatMap(({ profile, engine, judgedAt, commits, times }) =>
    times.map(({ key, case: id, subject, seeds, verdict, calls }) => ({
      of: { profile, engine, key, case: id, subject, seeds },
      point: { judgedAt, commits, verdict, calls },
    }))
  );
  const grouped = Map.groupBy(
    points,
    ({ of: { profile, engine, key, seeds } }) => `${profile} ${engine} ${key} ${seeds}`,
  );
  return [...grouped.values()].map((own): Series => {
    const [{ of }, series] = [own.at(-1)!, own.map(({ point }) => point)];
    return { ...of, points: series, steps: stepsOf(series) };
  }).sort((a, b) => a.subject < b.subject ? -1 : 1);
}

/** `paper onnx mnist1k ppm`, seeds 0–4. */
export const seriesText = ({ profile, engine, subject, seeds }: Series): string =>
  `${profile} ${engine} ${subject}, seeds ${seeds}`;

/** `2026-11-20`. */
export const nightOf = ({ judgedAt }: SeriesPoint): string => judgedAt.slice(0, 10);

/** `1a2b3c4d5 → 5e6f7a8b9`, or the one of both. */
export function commitsText({ before, after }: Pick<SeriesStep, "before" | "after">): string {
  const [from, to] = [before, after].map(({ commits }) =>
    commits.map((each) => each.slice(0, 9)).join(", ") || "unknown"
  );
  return from === to ? from : `${from} → ${to}`;
}

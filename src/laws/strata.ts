import type { Point } from "./law.ts";

/** Runs by their stratum, in order of first appearance. */
export function byStratum<T extends Pick<Point, "stratum">>(points: readonly T[]): readonly (readonly T[])[] {
  return [...Map.groupBy(points, (point) => point.stratum).values()];
}

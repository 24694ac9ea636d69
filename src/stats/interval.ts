/** Ends of an interval; ±Infinity where it has none. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

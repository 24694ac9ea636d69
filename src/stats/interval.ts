/** Ends of an interval; ±Infinity where it has none. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Whether a ratio, or all that is known of it, lies inside of ÷/× a factor. */
export const inside = ({ low, high }: Interval, factor: number): boolean => low >= 1 / factor && high <= factor;

/** Whether it lies outside. */
export const outside = ({ low, high }: Interval, factor: number): boolean => low > factor || high < 1 / factor;

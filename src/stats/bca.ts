import { mean } from "simple-statistics";
import { normalCdf, normalQuantile } from "./normal.ts";

/** Share of the replicates below the estimate, ties by half: a discrete statistic such as the median has many. */
function shareBelow(replicates: readonly number[], estimate: number): number {
  const below = replicates.filter((value) => value < estimate).length;
  const equal = replicates.filter((value) => value === estimate).length;
  return (below + equal / 2) / replicates.length;
}

/** a = Σ d³ / (6 (Σ d²)^(3/2)), d = mean − value, over the estimates with one observation left out; NaN without spread. */
function acceleration(jackknife: readonly number[]): number {
  const centre = mean([...jackknife]);
  const deviations = jackknife.map((value) => centre - value);
  // Leaving one of identical values out changes nothing but the last bits.
  if (deviations.every((d) => Math.abs(d) <= 1e-12 * Math.abs(centre))) return NaN;
  const moment = (power: number) => deviations.reduce((total, d) => total + d ** power, 0);
  return moment(3) / (6 * moment(2) ** 1.5);
}

/**
 * Levels at which a bias-corrected and accelerated (BCa) interval reads the bootstrap distribution:
 * Φ(z₀ + (z₀ + z)/(1 − a(z₀ + z))) for z = Φ⁻¹((1 ∓ level)/2), z₀ = Φ⁻¹(share of replicates below the estimate).
 *
 * @param replicates the statistic of each resample
 * @param jackknife the statistic with each observation left out in turn
 * @returns [lower, upper], or null where it is not defined: values without end or without spread, an estimate beyond
 * all replicates
 *
 * Source: Efron 1987, JASA 82:171; Efron & Tibshirani 1993, An Introduction to the Bootstrap, section 14.3.
 */
export function bcaLevels(
  replicates: readonly number[],
  estimate: number,
  jackknife: readonly number[],
  level: number,
): readonly [number, number] | null {
  if (jackknife.length < 2 || ![estimate, ...jackknife].every(Number.isFinite)) return null;
  if (!replicates.every(Number.isFinite)) return null;
  const bias = normalQuantile(shareBelow(replicates, estimate));
  const a = acceleration(jackknife);
  if (!Number.isFinite(bias) || Number.isNaN(a)) return null;
  const shifted = [(1 - level) / 2, (1 + level) / 2].map((tail) => bias + normalQuantile(tail));
  // Beyond the pole the map turns round and the levels lose their order.
  if (shifted.some((z) => 1 - a * z <= 0)) return null;
  const [low, high] = shifted.map((z) => normalCdf(bias + z / (1 - a * z)));
  return [low, high];
}

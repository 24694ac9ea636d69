import { aicc, type Point, reachedStrata, sampleOf, timed } from "./law.ts";
import { tobit } from "./tobit.ts";

/** The sample described by a median of its own at each setting: what no law of x can fit better. */
export interface FreeMedians {
  readonly logLikelihood: number;
  readonly aicc: number;
  readonly sigma: number;
}

/**
 * One median for each stratum, and the scatter that they share: the saturated model, against which a law shows lack of
 * fit. At a stratum that nobody got through the median is best at infinity, where it adds 0 to the log-likelihood. It
 * costs 2 as any parameter does, but events, of which it has none, are not short for it.
 *
 * @returns null without a run that got there
 */
export function freeMedians(points: readonly Point[]): FreeMedians | null {
  const runs = timed(points);
  const reached = [...reachedStrata(runs)];
  if (reached.length === 0) return null;
  const here = runs.filter((point) => reached.includes(point.stratum));
  const rows = here.map((point) => reached.map((stratum) => point.stratum === stratum ? 1 : 0));
  const { logLikelihood, sigma } = tobit(sampleOf(here), { rows });
  const events = here.filter((point) => !point.censored).length;
  const beyond = new Set(runs.map((point) => point.stratum)).size - reached.length;
  return { logLikelihood, aicc: aicc(logLikelihood, reached.length + 1, events) + 2 * beyond, sigma };
}

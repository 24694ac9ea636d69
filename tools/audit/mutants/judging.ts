import type { Edit, JudgeMutant } from "./mutant.ts";

/** What tests hold each part of what judges. */
const TESTS = {
  stats: ["test/stats"],
  laws: ["test/laws"],
  gate: [
    "test/gate/judge_test.ts",
    "test/gate/screen_test.ts",
    "test/gate/monotone_test.ts",
    "test/gate/law_test.ts",
    "test/gate/pairs_test.ts",
    "test/gate/joined_test.ts",
  ],
  references: ["test/gate/canary_test.ts", "test/commands/gate_test.ts"],
  seeds: ["test/fleet/seeds_test.ts"],
  range: ["test/run/range_test.ts"],
} as const;

const slip = (tests: keyof typeof TESTS, id: string, what: string, edit: Edit): JudgeMutant => (
  { id, what, edit, tests: TESTS[tests] }
);

const inFile = (file: string) => (find: string, replace: string): Edit => ({ file, find, replace });
const holm = inFile("src/stats/holm.ts");
const km = inFile("src/stats/kaplan_meier.ts");
const medians = inFile("src/stats/median_interval.ts");
const permutation = inFile("src/stats/permutation.ts");
const flip = inFile("src/stats/sign_flip.ts");
const ratio = inFile("src/stats/ratio.ts");

/** The numbers that are judged by. */
const stats: readonly JudgeMutant[] = [
  slip("stats", "holm-factor", "Holm's factors are one too small", holm("p.length - rank)", "p.length - rank - 1)")),
  slip(
    "stats",
    "holm-falls",
    "adjusted p-values are not made monotone",
    holm("largest = Math.max(largest, Math.min(", "largest = Math.max(0, Math.min("),
  ),
  slip(
    "stats",
    "at-risk-later",
    "who has an event is not at risk at it",
    km(
      "survival *= 1 - events[i] / atRisk;\n      steps.push",
      "survival *= 1 - events[i] / (atRisk - events[i]);\n      steps.push",
    ),
  ),
  slip(
    "stats",
    "median-below",
    "the median needs more than half",
    km("if (survival <= 0.5 + 1e-12)", "if (survival < 0.5 - 1e-12)"),
  ),
  slip(
    "stats",
    "median-one-tail",
    "intervals of medians leave 5 % on each side",
    medians("2 * binomialCdf(", "binomialCdf("),
  ),
  slip(
    "stats",
    "median-upper-end",
    "their upper end is one order statistic too low",
    medians("[n - k] };", "[n - k - 1] };"),
  ),
  slip(
    "stats",
    "one-sided",
    "the permutation test is one-sided",
    permutation("Math.abs(scores.length * part - size * total)", "scores.length * part - size * total"),
  ),
  slip(
    "stats",
    "p-of-zero",
    "a Monte Carlo p can be 0",
    permutation("seed }) + 1) / (permutations + 1)", "seed })) / permutations"),
  ),
  slip(
    "stats",
    "censored-as-event",
    "a run that was given up scores as if it had got there",
    inFile("src/stats/peto_peto.ts")("censored ? after - 1 :", "!censored && censored ? after - 1 :"),
  ),
  slip(
    "stats",
    "few-signs",
    "a p of five pairs, which could not convince",
    flip("FEWEST_PAIRS = 8", "FEWEST_PAIRS = 5"),
  ),
  slip(
    "stats",
    "bound-as-ratio",
    "a bound of a ratio counts as the ratio",
    flip("if (baseline.censored) return Math.max(bound, 0);", "if (baseline.censored) return bound;"),
  ),
  slip(
    "stats",
    "omnibus-variance",
    "the variance of a stratum is divided by n²",
    inFile("src/stats/omnibus.ts")("(n * (n - 1))", "(n * n)"),
  ),
  slip(
    "stats",
    "bootstrap-tails",
    "bootstrap intervals leave the whole level below",
    inFile("src/stats/bootstrap.ts")("(1 - level) / 2)]", "(1 - level))]"),
  ),
  slip(
    "stats",
    "proportion-one-tail",
    "intervals of shares have one tail",
    inFile("src/stats/proportion.ts")("(1 - level) / 2;", "1 - level;"),
  ),
  slip(
    "stats",
    "student-degrees",
    "Student's interval has n degrees of freedom",
    inFile("src/stats/student.ts")("/ 2, own.length - 1)", "/ 2, own.length)"),
  ),
  slip(
    "stats",
    "ratio-upside-down",
    "a speedup is its own inverse",
    ratio("baseline.time / algorithm.time", "algorithm.time / baseline.time"),
  ),
  slip(
    "stats",
    "bounds-exchanged",
    "a baseline that was given up bounds the ratio from above",
    ratio("low: algorithm.censored ? 0 : ratio", "low: baseline.censored ? 0 : ratio"),
  ),
];

const laws: readonly JudgeMutant[] = [
  slip(
    "laws",
    "aicc-of-runs",
    "AICc counts runs, those that were given up too",
    inFile("src/laws/law.ts")(
      "Object.keys(parameters).length + 1, events.length)",
      "Object.keys(parameters).length + 1, runs.length)",
    ),
  ),
  slip(
    "laws",
    "any-support",
    "a law is found as soon as it beats the constant",
    inFile("src/laws/compare.ts")("gain > NO_SUPPORT", "gain > 0"),
  ),
  slip(
    "laws",
    "no-free-medians",
    "a law may lose to free medians by any amount",
    inFile("src/laws/compare.ts")("lack > NO_SUPPORT", "lack > 1e9"),
  ),
  slip("laws", "drift-of-zero", "p of a law can be 0", inFile("src/laws/drift.ts")("let hits = 1;", "let hits = 0;")),
  slip(
    "laws",
    "censored-dropped",
    "runs that were given up are left out of the likelihood",
    inFile("src/laws/tobit.ts")("censored: whole.filter((_, i) => sample.censored[i])", "censored: []"),
  ),
  slip(
    "laws",
    "eta-sign",
    "η has the other sign",
    inFile("src/laws/exponential.ts")("Infinity : -1 / m", "Infinity : 1 / m"),
  ),
  slip(
    "laws",
    "law-interval-level",
    "intervals of laws have half their level",
    inFile("src/laws/over_seeds.ts")("of(fit.parameters[name])), level)", "of(fit.parameters[name])), level / 2)"),
  ),
  slip(
    "laws",
    "means-unlogged",
    "the exponential through means is fitted to T, not log T",
    inFile("src/laws/means_fit.ts")("time : Math.log(time)", "time : time"),
  ),
];

const screen = inFile("src/gate/screen.ts");
const verdict = inFile("src/gate/verdict.ts");
const time = inFile("src/gate/time_tier.ts");

/** What is made of them. */
const gate: readonly JudgeMutant[] = [
  slip(
    "gate",
    "confirm-uncorrected",
    "the confirmation is not corrected over the flagged cells",
    screen("holm(again.map(({ p }) => p))", "again.map(({ p }) => p)"),
  ),
  slip(
    "gate",
    "screen-uncorrected",
    "the screen is not corrected over the cells",
    screen("holm(tested.map((i) => results[i]!.p))", "tested.map((i) => results[i]!.p)"),
  ),
  slip(
    "gate",
    "either-direction",
    "fresh seeds confirm a shift the other way",
    screen("direction === (moved[i] ?? results[i]!.direction)", "direction !== undefined"),
  ),
  slip(
    "gate",
    "any-ratio",
    "any confirmed shift is drift, however small",
    verdict("outside(ratio, limits.MATERIAL)", "outside(ratio, 1)"),
  ),
  slip(
    "gate",
    "two-runs-enough",
    "two new runs show that a cell is reproduced",
    verdict("fresh.length >= least && inside(", "inside("),
  ),
  slip(
    "gate",
    "flagged-passes",
    "a flagged cell may be reproduced without fresh seeds",
    verdict("if (shift.flagged && shift.confirmation === null)", "if (shift.flagged && shift.confirmation === 2)"),
  ),
  slip(
    "gate",
    "uncut",
    "samples of different budgets are not cut to the same follow-up",
    inFile("src/gate/observations.ts")("const end = Math.min(", "const end = Math.max("),
  ),
  slip(
    "gate",
    "given-up-early",
    "runs that were given up early reproduce a cell",
    time("config.maxEpochs < needed", "config.maxEpochs < 0"),
  ),
  slip(
    "gate",
    "fewer-runs",
    "one run of a cell is as good as all",
    time("evidence.length < planned", "evidence.length < 1"),
  ),
  slip(
    "gate",
    "same-run-other-digest",
    "a run repeats another by its id alone",
    inFile("src/gate/subject.ts")(
      "return known.get(`${id} ${digest}`);",
      "return expected.samples.find((sample) => sample.record === id);",
    ),
  ),
  slip(
    "gate",
    "best-counts",
    "the verdict of the whole is the best of its findings",
    inFile("src/gate/finding.ts")("VERDICTS[Math.min(", "VERDICTS[Math.max("),
  ),
  slip(
    "gate",
    "any-processor",
    "digests of different processors are compared",
    inFile("src/gate/digests.ts")(
      "cpu === provenance.cpu && device === provenance.device ?",
      "cpu !== null || device === provenance.device ?",
    ),
  ),
  slip(
    "gate",
    "law-unconfirmed",
    "a law is drift without fresh seeds",
    inFile("src/gate/law_verdict.ts")("if (!complete) return say(", "if (!complete && !drift) return say("),
  ),
  slip(
    "gate",
    "laws-uncorrected",
    "what confirms a law is not corrected for the number of laws",
    inFile("src/gate/law_verdict.ts")("Math.min(1, laws * again.p)", "Math.min(1, again.p)"),
  ),
  slip(
    "gate",
    "nights-immaterial",
    "nights that add up to any shift at all are drift",
    inFile("src/gate/night_tier.ts")(
      "evidence >= needed && material && goesOn",
      "evidence >= needed && goesOn",
    ),
  ),
  slip(
    "gate",
    "joins-any-commit",
    "a run of any code joins what is expected",
    inFile("src/gate/joined.ts")("commit === blessedAt(expectation)", "commit !== null"),
  ),
  slip(
    "stats",
    "evidence-of-looks",
    "signs are tested as if nobody had looked before",
    inFile("src/stats/sign_process.ts")("gammaln(a + b + 2)", "gammaln(a + b + 1)"),
  ),
  slip(
    "references",
    "canary-unsealed",
    "an edited canary reference is taken as it is",
    inFile("src/gate/canary/reference.ts")("check(sealIsIntact(file),", "check(sealIsIntact(file) || true,"),
  ),
  slip(
    "references",
    "expectation-unsealed",
    "an edited expectation is taken as it is",
    inFile("src/gate/expectation.ts")("if (!sealIsIntact(found))", "if (!sealIsIntact(found) && !found.seal)"),
  ),
];

const pairs = inFile("src/gate/pairs.ts");
const spread = inFile("src/stats/moderated.ts");

/** What the same seeds are judged by. */
const sameSeeds: readonly JudgeMutant[] = [
  slip(
    "gate",
    "bound-is-exact",
    "a bound of a ratio shows that nothing has moved",
    pairs("pairs.flat().every(", "pairs.flat().some("),
  ),
  slip(
    "gate",
    "bound-overstated",
    "a bound counts although it has the other sign",
    pairs("if (fresh.censored) return Math.max(0, ratio);", "if (fresh.censored) return ratio;"),
  ),
  slip(
    "gate",
    "lost-seed-passes",
    "a seed that no longer gets there is made up for by the others",
    time("decision.reason === BEYOND ? null : lostText(subject)", "null"),
  ),
  slip(
    "gate",
    "most-tell-nothing",
    "pairs are judged of which most tell nothing",
    pairs("2 * telling.length < pairs.length", "telling.length < 0"),
  ),
  slip(
    "gate",
    "pairs-uncorrected",
    "what all pairs say is not corrected over the cells",
    pairs("Math.min(1, cells * moderatedP(all))", "moderatedP(all)"),
  ),
  slip(
    "gate",
    "pairs-disagree",
    "fresh pairs confirm a shift the other way",
    pairs("again.mean * first.mean > 0", "again.mean * first.mean !== 0"),
  ),
  slip(
    "gate",
    "partner-of-none",
    "a run without a partner is left out, and the others are judged",
    inFile("src/gate/subject.ts")("pairs.length && pairs.length === runs.length", "pairs.length"),
  ),
  slip(
    "stats",
    "prior-degrees",
    "the prior has half its degrees of freedom",
    spread("{ degrees: 2 * half,", "{ degrees: half,"),
  ),
  slip(
    "stats",
    "unmoderated",
    "a sample keeps its own variance",
    spread("((prior ? prior.degrees * prior.variance : 0) + squares) / degrees", "squares / Math.max(1, own)"),
  ),
];

const days = inFile("src/fleet/seeds.ts");

/** Seeds, and counts that only a long run has. */
const far: readonly JudgeMutant[] = [
  slip(
    "seeds",
    "rotating-modulo",
    "rotating seeds repeat after a hundred days",
    days("range(FIRST_ROTATING + blockOf(day), count)", "range(FIRST_ROTATING + blockOf(day) % 10_000, count)"),
  ),
  slip(
    "seeds",
    "confirms-by-digits",
    "seeds confirm by their last two digits",
    days("seed >= FIRST_CONFIRMING;", "seed % 100 >= 50;"),
  ),
  slip("seeds", "blocks-overlap", "a day's seeds run into the next day's", days("BLOCK = 100;", "BLOCK = 20;")),
  slip(
    "range",
    "clock-modulo",
    "t is kept modulo 1,024",
    inFile("src/run/progress.ts")("t: p.t + 1,", "t: (p.t + 1) % 1024,"),
  ),
  slip(
    "range",
    "correction-stops",
    "the second correction stops at t = 1,600",
    inFile("src/algorithms/transform.ts")("1 / (1 - beta2 ** t)", "1 / (1 - beta2 ** Math.min(t, 1600))"),
  ),
];

/** Slips in what judges, which no run shows: the tests must. */
export const judging: readonly JudgeMutant[] = [...stats, ...laws, ...gate, ...sameSeeds, ...far];

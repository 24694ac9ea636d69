"""Golden vectors for src/stats, from SciPy and statsmodels: independent implementations of the same definitions.

Run:  python make_statistics.py   (writes statistics.json beside this file; made with Python 3.11.7, NumPy 2.4.6,
SciPy 1.17.1, statsmodels 0.15.0; under a minute)

An observation is [time, censored]. Textbook vectors (Freireich et al.) have their source beside them here; what has no
random stream in it (scores, exact p-values, order statistics) has to agree to rounding, what has (bootstrap ends) is given
with enough resamples for Monte Carlo error to be small.
"""
import itertools, json, pathlib, warnings
import numpy as np
from scipy import stats
from statsmodels.duration.survfunc import SurvfuncRight, survdiff
from statsmodels.stats.multitest import multipletests

HERE = pathlib.Path(__file__).parent
rng = np.random.default_rng(20250912)
warnings.filterwarnings("ignore", category=RuntimeWarning)  # log(0) at the last event of survdiff's curve

reached = lambda *times: [[t, False] for t in times]
given_up = lambda *times: [[t, True] for t in times]
times = lambda sample: np.array([o[0] for o in sample], float)
events = lambda sample: np.array([not o[1] for o in sample])

# Freireich et al. 1963, Blood 21:699, weeks of remission; also Gehan 1965, Biometrika 52:203, table 1.
SIX_MP = reached(6, 6, 6, 7, 10, 13, 16, 22, 23) + given_up(6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
PLACEBO = reached(1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23)


def scipy_curve(sample):
    t, e = times(sample), events(sample)
    return stats.ecdf(stats.CensoredData.right_censored(t, ~e)).sf


# ---------------------------------------------------------------- Kaplan–Meier
def curve(name, sample):
    t, e = times(sample), events(sample)
    sf = scipy_curve(sample)
    at = np.unique(t[e])
    survival = sf.evaluate(at)
    other = SurvfuncRight(t, e.astype(int))
    np.testing.assert_allclose(survival, other.surv_prob[np.isin(other.surv_times, at)], atol=1e-12)
    return {"name": name, "sample": sample, "times": at.tolist(), "survival": survival.tolist(),
            "median": float(other.quantile(0.5))}


def lognormal(n, budget=np.inf, scale=1.0):
    t = np.round(scale * np.exp(0.5 * rng.standard_normal(n)) * 100)
    return [[float(min(x, budget)), bool(x > budget)] for x in t]


def random_censoring(n, scale=1.0):
    t = np.round(scale * np.exp(0.5 * rng.standard_normal(n)) * 10)
    c = np.round(np.exp(0.5 * rng.standard_normal(n)) * 18)
    return [[float(min(x, y)), bool(x > y)] for x, y in zip(t, c)]


curves = [curve("6-MP", SIX_MP), curve("placebo", PLACEBO), curve("random censoring", random_censoring(31))]


# ---------------------------------------------------------------- Peto–Peto scores
def scores_of(pool):
    """By definition, from SciPy's curve: S(t) + S(t-) - 1 of an event, S(t) - 1 of what is censored."""
    t, e = times(pool), events(pool)
    sf = scipy_curve(pool)
    after, before = sf.evaluate(t), sf.evaluate(np.nextafter(t, -np.inf))
    return np.where(e, after + before - 1, after - 1)


def two_samples(name, reference, fresh):
    """The score sum of a group is also a weighted log-rank numerator, sum of S(t-)(observed - expected) events: the
    rho = 1 test of Harrington & Fleming 1982, whose chi-squared with hypergeometric variance statsmodels has."""
    pool = reference + fresh
    t, e, group = times(pool), events(pool), np.repeat([0, 1], [len(reference), len(fresh)])
    scores = scores_of(pool)
    sf = scipy_curve(pool)
    numerator = variance = 0.0
    for u in np.unique(t[e]):
        n, n1 = (t >= u).sum(), ((t >= u) & (group == 1)).sum()
        d, d1 = (e & (t == u)).sum(), (e & (t == u) & (group == 1)).sum()
        w = sf.evaluate(np.nextafter(u, -np.inf))
        numerator += w * (d1 - n1 * d / n)
        if n > 1:
            variance += w * w * d * n1 / n * (1 - n1 / n) * (n - d) / (n - 1)
    chisq, _ = survdiff(t, e.astype(int), group, weight_type="fh", fh_p=1)
    np.testing.assert_allclose(numerator**2 / variance, chisq, rtol=1e-9)
    np.testing.assert_allclose(scores[group == 1].sum(), numerator, atol=1e-12)
    return {"name": name, "reference": reference, "fresh": fresh, "scores": scores.tolist(),
            "freshSum": numerator, "variance": variance, "chisq": float(chisq)}


scores = [
    two_samples("Freireich", PLACEBO, SIX_MP),
    two_samples("one budget", lognormal(30, 150), lognormal(5, 150, 1.6)),
    two_samples("random censoring", random_censoring(14), random_censoring(9, 0.6)),
]


# ---------------------------------------------------------------- exact permutation tests
def mean_difference(x, y, axis):
    """Rounded: SciPy counts as ties what agrees to 1e-14 of the observed value, which is no help where that is 0."""
    return np.round(np.abs(np.mean(x, axis=axis) - np.mean(y, axis=axis)), 12)


def permutation(name, reference, fresh):
    s = scores_of(reference + fresh)
    parts = (s[:len(reference)], s[len(reference):])
    exact = stats.permutation_test(parts, mean_difference, n_resamples=np.inf, alternative="greater", vectorized=True)
    return {"name": name, "reference": reference, "fresh": fresh, "p": float(exact.pvalue)}


permutations = [
    permutation("ties, nothing censored", reached(12, 15, 15, 18, 22, 30), reached(9, 10, 12, 12, 15)),
    permutation("one budget", reached(40, 55, 60, 62, 80, 90) + given_up(100, 100), reached(70, 95) + given_up(100, 100)),
    permutation("censored in between", reached(3, 5, 8, 13) + given_up(4, 9, 13), reached(6, 11, 12) + given_up(7)),
    permutation("no difference", reached(1, 4, 5, 8, 9, 12), reached(2, 3, 6, 7, 10, 11)),
]
# Without censoring and ties the scores are Wilcoxon's ranks, and the test is Mann & Whitney's.
x, y = [31, 44, 52, 57, 60, 71, 75], [22, 28, 35, 41, 50]
whitney = permutation("ranks", reached(*x), reached(*y))
np.testing.assert_allclose(whitney["p"], stats.mannwhitneyu(x, y, method="exact").pvalue, rtol=1e-12)
permutations.append(whitney)


# ---------------------------------------------------------------- stratified omnibus
def omnibus(cells):
    """Every dealing of every cell; the variance is that of the list, not of a formula."""
    squares, observed = [], 0.0
    for cell in cells:
        n, m = len(cell["reference"]), len(cell["fresh"])
        s = scores_of(cell["reference"] + cell["fresh"])
        sums = np.array([s[list(chosen)].sum() for chosen in itertools.combinations(range(n + m), m)])
        squares.append(sums**2 / sums.var())
        observed += s[n:].sum()**2 / sums.var()
    total = squares[0]
    for other in squares[1:]:
        total = np.add.outer(total, other).ravel()
    return {"cells": cells, "p": float(np.mean(total >= observed * (1 - 1e-9)))}


omnibuses = [
    omnibus([{"reference": reached(10, 14, 15, 21), "fresh": reached(16, 22)},
             {"reference": reached(5, 6, 6) + given_up(9), "fresh": reached(8) + given_up(9)},
             {"reference": reached(100, 120, 130, 150), "fresh": reached(90, 155, 160)}]),
    omnibus([{"reference": reached(10, 14, 15, 21), "fresh": reached(8, 9)},
             {"reference": reached(5, 6, 7) + given_up(9), "fresh": given_up(9, 9)},
             {"reference": reached(100, 120, 130, 150), "fresh": reached(151, 155, 160)}]),
    # Cells of unequal size: a wrong variance weighs them wrongly and misses p by 0.1 or more.
    omnibus([{"reference": reached(5, 14), "fresh": reached(10)},
             {"reference": reached(17, 1, 11, 10, 14, 16, 28), "fresh": reached(24, 26)}]),
    # 2 of 20 dealings are as extreme, and only rounding tells them apart.
    omnibus([{"reference": reached(1, 2, 3), "fresh": reached(4, 5, 6)}]),
]
assert omnibuses[-1]["p"] == 0.1


# ---------------------------------------------------------------- Holm
P = [0.01, 0.013, 0.014, 0.19, 0.35, 0.5, 0.63, 0.67, 0.75, 0.81, 0.0005, 0.013]
holm = {"p": P, "adjusted": multipletests(P, method="holm")[1].tolist()}


# ---------------------------------------------------------------- ratios of medians, medians of ratios
REFERENCE, FRESH = times(lognormal(61)), times(lognormal(35, scale=1.5))
ratio_of_medians = lambda x, y, axis: np.median(y, axis=axis) / np.median(x, axis=axis)
medians = stats.bootstrap((REFERENCE, FRESH), ratio_of_medians, n_resamples=200_000, confidence_level=0.9,
                          method="percentile", rng=rng, batch=10_000)
median_ratio = {"reference": REFERENCE.tolist(), "fresh": FRESH.tolist(), "level": 0.9,
                "interval": list(map(float, medians.confidence_interval))}

BASELINE, ALGORITHM = times(lognormal(13, scale=2)), times(lognormal(13))
order_interval = lambda x: stats.quantile_test(x, p=0.5).confidence_interval(confidence_level=0.95)
paired = order_interval(BASELINE / ALGORITHM)
paired_ratio = {"baseline": BASELINE.tolist(), "algorithm": ALGORITHM.tolist(),
                "interval": [float(paired.low), float(paired.high)]}
median_intervals = [{"n": n, "low": float(ci.low), "high": float(ci.high)} for n in (6, 7, 8, 10, 13, 20, 25, 60)
                    for ci in [order_interval(np.arange(1, n + 1))]]


# ---------------------------------------------------------------- sign flips
def sign_flip(n, scale):
    b, a = times(lognormal(n, scale=scale)), times(lognormal(n))
    exact = stats.permutation_test((np.log(b / a),), lambda d, axis: np.abs(d.sum(axis=axis)), n_resamples=np.inf,
                                   permutation_type="samples", alternative="greater", vectorized=True)
    return {"baseline": b.tolist(), "algorithm": a.tolist(), "p": float(exact.pvalue)}


sign_flips = [sign_flip(10, 1.4), sign_flip(14, 1.2), sign_flip(17, 1.25)]

# ---------------------------------------------------------------- signs
COUNTS = [(6, 0), (0, 7), (9, 1), (1, 9), (4, 3), (5, 5), (7, 4), (10, 20), (40, 61)]
sign_tests = [{"wins": w, "losses": l, "p": float(stats.binomtest(w, w + l, 0.5).pvalue)} for w, l in COUNTS]

# ---------------------------------------------------------------- proportions, moments
proportions = []
for successes, n, level in [(0, 10, 0.95), (3, 10, 0.95), (10, 10, 0.9), (7, 400, 0.99), (250, 2000, 0.95), (1, 1, 0.95)]:
    ci = stats.binomtest(successes, n).proportion_ci(level, method="exact")
    proportions.append({"successes": successes, "n": n, "level": level, "low": float(ci.low), "high": float(ci.high)})

LOGS = np.log(times(SIX_MP)[events(SIX_MP)])
moments = {"sample": SIX_MP, "meanLog": float(LOGS.mean()), "sdLog": float(LOGS.std(ddof=1))}

vectors = {
    "curves": curves, "scores": scores, "permutations": permutations, "omnibus": omnibuses, "holm": holm,
    "medianRatio": median_ratio, "pairedRatio": paired_ratio, "signFlip": sign_flips,
    "signTest": sign_tests,
    "medianIntervals": median_intervals,
    "proportions": proportions, "moments": moments,
}
(HERE / "statistics.json").write_text(json.dumps(vectors, separators=(",", ":"), allow_nan=False) + "\n")

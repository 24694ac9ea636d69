"""Golden vectors for src/laws, from SciPy and statsmodels: the censored likelihood maximised in another way.

Run:  python make_laws.py   (writes laws.json beside this file; made with Python 3.11, NumPy 2.4.6, SciPy 1.17.1,
statsmodels 0.15.0; under a minute)

A point is [x, time, censored, stratum]. Here each law is written as it stands (a + b*x, not the two end values), all its
parameters and log sigma are free at once, and the maximum is the best of many simplex searches, polished. The script checks itself where another program has the answer: lognorm.fit of censored data, OLS, and the
published fit of the motorettes.
"""
import json, pathlib, warnings
import numpy as np
import statsmodels.api as sm
from scipy import optimize, stats
from scipy.special import erfcx, log_ndtr

HERE = pathlib.Path(__file__).parent
rng = np.random.default_rng(20250910)
warnings.filterwarnings("ignore", category=RuntimeWarning)  # starts at which f is not positive


# ---------------------------------------------------------------- samples
def sweep(xs, seeds, median, sigma, budget, jitter=0.0):
    points = []
    for x in xs:
        for _ in range(seeds):
            at = x * (1 + jitter * rng.standard_normal())
            time = max(1, round(median(at) * np.exp(sigma * rng.standard_normal())))
            points.append([at, min(time, budget), bool(time > budget), str(x)])
    return points


BETAS = [0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0]
NORMS = [30.0, 40.0, 50.0, 60.0, 80.0, 100.0]
exponential = lambda x: 50 * np.exp((1 - x) / 0.12)
line = lambda x: 40 + 6.5 * x
# Motorettes: temperature in C, hours, failed; Nelson & Hahn 1972, Technometrics 14:247; Schmee & Hahn 1979, ibid. 21:417.
MOTORETTES = (
    [[150, 8064, True]] * 10
    + [[170, t, False] for t in (1764, 2772, 3444, 3542, 3780, 4860, 5196)] + [[170, 5448, True]] * 3
    + [[190, t, False] for t in (408, 408, 1344, 1344, 1440)] + [[190, 1680, True]] * 5
    + [[220, t, False] for t in (408, 408, 504, 504, 504)] + [[220, 528, True]] * 5
)
SAMPLES = {
    "data fraction": sweep(BETAS, 5, exponential, 0.25, 10**9),
    "data fraction, censored": sweep(BETAS, 5, exponential, 0.25, 300),
    "data fraction, mostly censored": sweep(BETAS, 5, exponential, 0.25, 90),
    "initial norm": sweep(NORMS, 5, line, 0.15, 10**9, jitter=0.005),
    "initial norm, censored": sweep(NORMS, 5, line, 0.15, 550, jitter=0.005),
    "falling line, censored": sweep(BETAS, 3, lambda x: 1000 - 940 * x, 0.2, 280),
    "constant, censored": sweep(BETAS, 4, lambda x: 200, 0.4, 300),
    "six events": [[0.7, 1500, True, "a"], [0.8, 136, False, "b"], [0.8, 190, False, "b"], [0.9, 50, False, "c"],
                   [0.9, 61, False, "c"], [1.0, 52, False, "d"], [1.0, 47, False, "d"], [0.7, 1500, True, "a"]],
    "motorettes": [[1000 / (273.2 + c), t, censored, str(c)] for c, t, censored in MOTORETTES],
}


# ---------------------------------------------------------------- the censored likelihood, directly
LAWS = {
    "constant": (["T0"], lambda q, x: q[0] + 0 * x, lambda q: [np.exp(q[0])]),
    "exponential": (["B", "eta"], lambda q, x: q[0] + q[1] * x, lambda q: [np.exp(q[0]), -1 / q[1]]),
    "power": (["C", "k"], lambda q, x: q[0] + q[1] * np.log(x), lambda q: [np.exp(q[0]), q[1]]),
    "linear": (["a", "b"], lambda q, x: np.log(q[0] + q[1] * x), lambda q: list(q)),
}


def columns(sample):
    x, time, censored = (np.array([p[i] for p in sample]) for i in range(3))
    return x.astype(float), np.log(time.astype(float)), censored.astype(bool)


def cost(log_f, x, y, censored):
    def negative(q):
        z = (y - log_f(q[:-1], x)) / np.exp(q[-1])
        terms = np.where(censored, log_ndtr(-z), stats.norm.logpdf(z) - q[-1])
        return -terms.sum() if np.isfinite(terms).all() else 1e10
    return negative


def maximise(negative, starts):
    """The best of the starts, polished twice."""
    simplex = {"xatol": 1e-10, "fatol": 1e-13, "maxiter": 20000, "maxfev": 20000}
    best = min((optimize.minimize(negative, s, method="Nelder-Mead", options=simplex) for s in starts), key=lambda r: r.fun)
    best = optimize.minimize(negative, best.x, method="Nelder-Mead", options=simplex)
    again = optimize.minimize(negative, best.x, method="BFGS", options={"gtol": 1e-9})
    return again if again.fun < best.fun else best


def fit(law, sample):
    names, log_f, parameters = LAWS[law]
    x, y, censored = columns(sample)
    # x to [-1, 1] for the search, so that the simplex is round; the law itself is untouched.
    middle, half = (x.max() + x.min()) / 2, (x.max() - x.min()) / 2
    shift = lambda u: (x - middle) / half if u else x
    if law == "linear":
        back = lambda q: [q[0] - q[1] * middle / half, q[1] / half]
        starts = [[np.exp(y.mean() + d), np.exp(y.mean() + d) * r, s] for d in (-0.5, 0.5, 2) for r in (-0.9, -0.4, 0, 0.4, 0.9) for s in (-1.5, 0)]
        best = maximise(cost(log_f, shift(True), y, censored), starts)
        q = back(best.x[:-1])
    elif law == "power":
        u = np.log(x) - np.log(x).mean()
        starts = [[y.mean(), r, s] for r in (-8, -2, 0, 2, 8) for s in (-1.5, 0)]
        best = maximise(cost(lambda q, v: q[0] + q[1] * v, u, y, censored), starts)
        q = [best.x[0] - best.x[1] * np.log(x).mean(), best.x[1]]
    else:
        free = len(names)
        starts = [[y.mean(), r, s][2 - free:] if free == 2 else [y.mean(), s] for r in (-2, -0.5, 0, 0.5, 2) for s in (-1.5, 0)]
        best = maximise(cost(log_f, shift(True), y, censored), starts)
        q = best.x[:-1] if free == 1 else [best.x[0] - best.x[1] * middle / half, best.x[1] / half]
    return dict(zip(names, map(float, parameters(q)))), float(np.exp(best.x[-1])), float(-best.fun)


def free_medians(sample):
    """A median for each stratum; where all are censored it is at infinity and adds nothing."""
    reached = sorted({p[3] for p in sample if not p[2]})
    here = [p for p in sample if p[3] in reached]
    _, y, censored = columns(here)
    index = np.array([reached.index(p[3]) for p in here])
    start = [y[index == i].mean() + 0.1 for i in range(len(reached))] + [-1.0]
    negative = cost(lambda q, _: q[index], y, y, censored)
    best = optimize.minimize(negative, start, method="BFGS", options={"gtol": 1e-8})
    for _ in range(3):
        best = optimize.minimize(negative, best.x, method="Nelder-Mead",
                                 options={"xatol": 1e-10, "fatol": 1e-13, "maxiter": 50000, "maxfev": 50000, "adaptive": True})
    return {"sigma": float(np.exp(best.x[-1])), "logLikelihood": float(-best.fun)}


# ---------------------------------------------------------------- checks against other programs
def check_constant(sample, sigma, log_likelihood):
    _, y, censored = columns(sample)
    data = stats.CensoredData(uncensored=np.exp(y[~censored]), right=np.exp(y[censored]))
    shape, _, scale = stats.lognorm.fit(data, floc=0)
    assert abs(shape - sigma) < 2e-4 * sigma, (shape, sigma)  # its simplex stops at 1e-4
    # SciPy's is the likelihood of T, ours of log T: the Jacobian is 1/T at each event.
    theirs = stats.lognorm.logpdf(np.exp(y[~censored]), shape, 0, scale).sum() + y[~censored].sum()
    theirs += stats.lognorm.logsf(np.exp(y[censored]), shape, 0, scale).sum()
    assert theirs <= log_likelihood + 1e-9 and abs(theirs - log_likelihood) < 1e-5
    return {"sigma": float(shape), "T0": float(scale)}


def check_ols(sample, fitted):
    parameters, sigma, log_likelihood = fitted["parameters"], fitted["sigma"], fitted["logLikelihood"]
    x, y, _ = columns(sample)
    ols = sm.OLS(y, sm.add_constant(x)).fit()
    assert abs(-1 / ols.params[1] / parameters["eta"] - 1) < 1e-7 and abs(ols.llf - log_likelihood) < 1e-9
    assert abs(np.sqrt(ols.ssr / len(y)) / sigma - 1) < 1e-7
    return {"B": float(np.exp(ols.params[0])), "eta": float(-1 / ols.params[1]), "sigma": float(np.sqrt(ols.ssr / len(y))),
            "logLikelihood": float(ols.llf), "rSquared": float(ols.rsquared)}


def normal_tail():
    z = np.concatenate([np.linspace(-10, 10, 81), [-20, 0.46875 * np.sqrt(2), 4 * np.sqrt(2), 12, 20, 38, 100, 1e4]])
    hazard = np.where(z > -5, np.sqrt(2 / np.pi) / erfcx(z / np.sqrt(2)), stats.norm.pdf(z) / stats.norm.sf(z))
    return [[float(a), float(log_ndtr(-a)), float(h)] for a, h in zip(z, hazard)]


if __name__ == "__main__":
    samples = []
    for name, sample in SAMPLES.items():
        fits = {}
        for law in LAWS:
            parameters, sigma, log_likelihood = fit(law, sample)
            fits[law] = {"parameters": parameters, "sigma": sigma, "logLikelihood": log_likelihood}
        entry = {"name": name, "points": sample, "fits": fits, "freeMedians": free_medians(sample)}
        entry["lognorm"] = check_constant(sample, fits["constant"]["sigma"], fits["constant"]["logLikelihood"])
        if not any(p[2] for p in sample):
            entry["ols"] = check_ols(sample, fits["exponential"])
        samples.append(entry)
        print(name, sum(p[2] for p in sample), "of", len(sample), "censored")
    moto = samples[-1]["fits"]["exponential"]
    ten = np.log(10)
    published = {"intercept": -6.019, "slope": 4.311, "sigma": 0.2592}
    ours = [np.log(moto["parameters"]["B"]) / ten, -1 / moto["parameters"]["eta"] / ten, moto["sigma"] / ten]
    # The published maximum likelihood fit of log10 hours on 1000/(273.2 + C), e.g. Tanner 1993, Tools for Statistical
    # Inference, 2nd ed., section 4.1.
    assert np.allclose(ours, list(published.values()), atol=6e-4), ours
    text = json.dumps({"normalTail": normal_tail(), "samples": samples, "motorettes": published}, indent=None, separators=(",", ":"))
    (HERE / "laws.json").write_text(text + "\n")

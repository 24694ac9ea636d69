"""Moderated t of Smyth 2004 with SciPy's polygamma, root search and t distribution: python3 make_moderated.py > moderated.json"""
import json

import numpy as np
import scipy
from scipy import optimize, special, stats

FLOOR = 2e-5


def prior(samples):
    known = [s for s in samples if len(s) > 1]
    d = np.array([len(s) - 1 for s in known])
    e = np.log(np.maximum(FLOOR, [np.var(s, ddof=1) for s in known])) - special.digamma(d / 2) + np.log(d / 2)
    excess = np.var(e, ddof=1) - np.mean(special.polygamma(1, d / 2))
    if excess <= 0:
        return {"degrees": None, "variance": float(np.exp(np.mean(e))), "known": int(d.sum())}
    half = optimize.brentq(lambda x: special.polygamma(1, x) - excess, 1e-8, 1e8, xtol=1e-14, rtol=1e-14)
    return {"degrees": 2 * half, "variance": float(np.exp(np.mean(e) + special.digamma(half) - np.log(half))),
            "known": int(d.sum())}


def tested(sample, found):
    d = len(sample) - 1
    squares = d * max(FLOOR, np.var(sample, ddof=1)) if d else 0.0
    if found["degrees"] is None:
        df, variance = np.inf, found["variance"]
    else:
        df = found["degrees"] + d
        variance = (found["degrees"] * found["variance"] + squares) / df
    df = min(df, found["known"])
    error = np.sqrt(variance / len(sample))
    half = stats.t.ppf(0.95, df) * error
    return {"p": float(2 * stats.t.sf(abs(np.mean(sample)) / error, df)), "low": float(np.mean(sample) - half),
            "high": float(np.mean(sample) + half)}


def case(rng, spreads, sizes, shift=0.0):
    samples = [list(np.round(rng.normal(shift, s, n), 6)) for s, n in zip(spreads, sizes)]
    found = prior(samples)
    return {"samples": samples, "prior": found, "tests": [tested(s, found) for s in samples]}


rng = np.random.default_rng(20261127)
cases = [
    case(rng, rng.lognormal(-2, 0.8, 20), [5] * 20),
    case(rng, [0.1] * 12, [3] * 12),
    case(rng, rng.lognormal(-1, 1.5, 9), [2, 3, 4, 5, 6, 1, 1, 8, 2], 0.2),
    case(rng, [0.0] * 4 + [0.3] * 4, [4] * 8),
    case(rng, [0.1] * 3, [2] * 3),
]
zero = [[0.1, -0.1], [0.2, -0.2, 0.0], [0.05, -0.05, 0.01, -0.01]]
cases.append({"samples": zero, "prior": prior(zero), "tests": [tested(s, prior(zero)) for s in zero]})
points = [0.01, 0.3, 0.5, 1, 2.5, 7, 40, 1e4]
print(json.dumps({
    "versions": {"scipy": scipy.__version__, "numpy": np.__version__}, "floor": FLOOR, "level": 0.9, "cases": cases,
    "polygamma": [{"x": x, "digamma": float(special.digamma(x)), "trigamma": float(special.polygamma(1, x))} for x in points],
}, indent=1))

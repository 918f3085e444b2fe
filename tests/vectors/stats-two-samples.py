"""scipy's answers for two-sample tests and distances: writes stats-two-samples.json.

Usage: python3 tests/vectors/stats-two-samples.py   (scipy 1.17)
"""
import json, pathlib
import numpy as np
from scipy import stats, special
from scipy.spatial.distance import jensenshannon

rng = np.random.default_rng(20240601)
def r(a): return [round(float(v), 4) for v in a]

pairs = {
    "same normal, 30 and 40": (r(rng.normal(size=30)), r(rng.normal(size=40))),
    "shifted normal, 50 and 50": (r(rng.normal(size=50)), r(rng.normal(0.8, 1, size=50))),
    "wider, 12 and 90": (r(rng.normal(size=12)), r(rng.normal(0, 3, size=90))),
    "tiny, 3 and 4": ([1.5, 2.5, 9.0], [0.5, 1.0, 4.0, 8.0]),
    "apart, 10 and 10": (r(rng.uniform(0, 1, 10)), r(rng.uniform(2, 3, 10))),
}
ratings = {
    "ratings 40 and 35": (rng.integers(1, 6, 40).tolist(), rng.integers(2, 6, 35).tolist()),
    "ratings 8 and 9": (rng.integers(1, 6, 8).tolist(), rng.integers(1, 6, 9).tolist()),
    "ratings 400 and 100": (rng.choice([1, 2, 3, 4, 5], 400, p=[.1, .1, .2, .3, .3]).tolist(), rng.choice([1, 2, 3, 4, 5], 100, p=[.05, .1, .15, .3, .4]).tolist()),
}
cases = []
for name, (x, y) in {**pairs, **ratings}.items():
    ties = name.startswith("ratings")
    t = stats.ttest_ind(y, x, equal_var=False)
    ci = t.confidence_interval(0.95)
    small = not ties and len(x) * len(y) <= 400
    u = stats.mannwhitneyu(y, x, alternative="two-sided", method="exact" if small else "asymptotic")
    diffs = np.subtract.outer(np.array(y, float), np.array(x, float)).ravel()
    cases.append({
        "name": name, "reference": x, "current": y, "ties": ties,
        "ks": {"statistic": stats.ks_2samp(x, y).statistic, "exact": None if ties else stats.ks_2samp(x, y, method="exact").pvalue},
        "welch": {"statistic": t.statistic, "df": t.df, "pValue": t.pvalue, "low": ci.low, "high": ci.high},
        "mannWhitney": {"statistic": u.statistic, "pValue": u.pvalue, "method": "exact" if small else "normal", "shift": float(np.median(diffs))},
        "wasserstein": stats.wasserstein_distance(x, y),
    })
hist = [([10, 20, 30], [30, 20, 10]), ([5, 0, 5], [0, 10, 0]), ([1, 2, 3, 4], [2, 4, 6, 8]), ([100, 3, 0, 7], [80, 9, 2, 9])]
histograms = [{"reference": a, "current": b, "jensenShannon": float(jensenshannon(a, b)) if a != b else 0.0} for a, b in hist]
kolmogorov = [[x, float(special.kolmogorov(x))] for x in [0.03, 0.2, 0.5, 0.9, 1.1, 1.18, 1.36, 1.63, 2.5, 4.0]]
out = pathlib.Path(__file__).with_suffix(".json")
out.write_text(json.dumps({"cases": cases, "histograms": histograms, "kolmogorov": kolmogorov}, default=float) + "\n")

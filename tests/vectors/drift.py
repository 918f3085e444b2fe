"""Expected values for core/drift and core/metrics: numpy 2.4, scipy 1.17 and scikit-learn 1.9.

Run: python tests/vectors/drift.py > tests/vectors/drift.json
"""
import json
import numpy as np
from scipy import stats
from scipy.spatial.distance import jensenshannon
from sklearn import metrics

rng = np.random.default_rng(7)
N, M = 1500, 600
letters = [f"c{i}" for i in range(30)]
zipf = 1 / np.arange(1, 31) ** 1.3
zipf /= zipf.sum()
shifted = np.roll(zipf, 1)


def draw(n, moved):
    return {
        "a": np.round(rng.normal(50 + 6 * moved, 10 + 3 * moved, n), 4),
        "k": rng.poisson(2 + 0.4 * moved, n) + 1.0,
        "steady": np.round(rng.normal(3, 1, n), 4),
        "c": rng.choice(letters, n, p=shifted if moved else zipf),
        "prediction": np.round(rng.gamma(4, 20 + 2 * moved, n), 3),
    }


reference, current = draw(N, 0), draw(M, 1)


def psi(r, c):
    p, q = (r + 0.5) / (r + 0.5).sum(), (c + 0.5) / (c + 0.5).sum()
    return float(((q - p) * np.log(q / p)).sum())


def numeric(name):
    r, c = reference[name], current[name]
    inner = [float(e) for e in np.unique(np.quantile(r, np.arange(1, 10) / 10)) if e < r.max()]
    count = lambda x: np.bincount(np.searchsorted(inner, x, side="left"), minlength=len(inner) + 1)
    ks = stats.ks_2samp(r, c)
    value = psi(count(r), count(c))
    return {
        "mean_reference": r.mean(), "std_reference": r.std(ddof=1), "mean": c.mean(), "std": c.std(ddof=1),
        "drift_percentage": abs(c.mean() - r.mean()) / abs(r.mean()) * 100,
        "edges": inner, "counts": count(c).tolist(),
        "statistic": ks.statistic, "p": ks.pvalue,
        "effect": stats.wasserstein_distance(r, c) / r.std(ddof=1),
        "psi": value, "psi_excess": value - len(inner) * (1 / N + 1 / M),
        "out_of_range": int(((c < r.min()) | (c > r.max())).sum()),
    }


def categories(name):
    r = {k: int((reference[name] == k).sum()) for k in letters}
    c = {k: int((current[name] == k).sum()) for k in letters}
    # expected counts are at least 5 for every category of 1 % here: only the rare ones are merged
    kept = [k for k in letters if r[k] / N >= 0.01]
    assert all(r[k] / N * M >= 5 for k in kept)
    fold = lambda x: np.array([x[k] for k in kept] + [sum(v for k, v in x.items() if k not in kept)])
    fr, fc = fold(r), fold(c)
    chi = stats.chi2_contingency(np.array([fr, fc]), correction=False)
    value = psi(fr, fc)
    return {"statistic": chi.statistic, "p": chi.pvalue, "effect": float(jensenshannon(fr, fc)),
            "psi": value, "psi_excess": value - (len(fr) - 1) * (1 / N + 1 / M)}


numbers = {name: numeric(name) for name in ("a", "k", "steady", "prediction")}
everything = {**numbers, "c": categories("c")}
order = ["a", "k", "steady", "c", "prediction"]
adjusted = stats.false_discovery_control([everything[name]["p"] for name in order], method="bh")
score = np.mean([
    (abs(n["mean"] - n["mean_reference"]) + abs(n["std"] - n["std_reference"])) / n["std_reference"] / 2
    for n in (numbers[name] for name in ("a", "k", "steady"))
])
y, guess = rng.gamma(3, 30, 50).round(2), rng.gamma(3, 30, 50).round(2)
errors_before, errors_now = rng.gamma(2, 0.05, 200).round(4), rng.gamma(2, 0.08, 80).round(4)
welch = (errors_now.mean() - errors_before.mean()) / np.sqrt(
    errors_before.var(ddof=1) / 200 + errors_now.var(ddof=1) / 80)
moments = lambda x: {"n": len(x), "mean": x.mean(), "std": x.std(ddof=1)}
as_lists = lambda sample: {k: v.tolist() for k, v in sample.items()}
print(json.dumps({
    "reference": as_lists(reference), "current": as_lists(current),
    "series": {name: {**everything[name], "p_adjusted": float(p)} for name, p in zip(order, adjusted)},
    "model_drift_score": float(score),
    "concept": {"reference": moments(errors_before), "current": moments(errors_now), "p": float(stats.norm.sf(welch))},
    "metrics": {"actual": y.tolist(), "predicted": guess.tolist(),
                "mae": metrics.mean_absolute_error(y, guess), "rmse": metrics.root_mean_squared_error(y, guess),
                "r2": metrics.r2_score(y, guess), "mape": metrics.mean_absolute_percentage_error(y, guess)},
}))

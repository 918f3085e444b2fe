"""statsmodels' powers and sample sizes, scipy's bootstrap: writes stats-power.json.

Usage: python3 tests/vectors/stats-power.py   (scipy 1.17, statsmodels 0.15)
"""
import json, pathlib
import numpy as np
from scipy import stats
from statsmodels.stats.power import NormalIndPower
from statsmodels.stats.proportion import power_proportions_2indep, samplesize_proportions_2indep_onetail

means = []
for effect, sd, ratio, alpha, power, two in [(0.282, 1.1, 4, 0.05, 0.8, False), (0.5, 2.0, 1, 0.05, 0.9, True), (-0.1, 0.3, 3, 0.01, 0.8, True)]:
    p = NormalIndPower()
    alternative = "two-sided" if two else ("larger" if effect > 0 else "smaller")
    n = p.solve_power(effect_size=effect / sd, alpha=alpha, power=power, ratio=ratio, alternative=alternative)
    means.append({"effect": effect, "standardDeviation": sd, "ratio": ratio, "alpha": alpha, "power": power, "twoSided": two,
                  "observations": n, "powerAt50": p.power(effect / sd, 50, alpha, ratio=ratio, alternative=alternative)})
proportions = []
for effect, baseline, ratio, alpha, power, two in [(0.05, 0.3, 1, 0.05, 0.8, True), (-0.02, 0.1, 4, 0.05, 0.9, False), (0.1, 0.5, 2, 0.01, 0.8, True)]:
    a = alpha / 2 if two else alpha
    n = samplesize_proportions_2indep_onetail(effect, baseline, power, ratio=ratio, alpha=a, alternative="larger" if effect > 0 else "smaller")
    at = power_proportions_2indep(effect, baseline, 300, ratio=ratio, alpha=a, alternative="larger" if effect > 0 else "smaller", return_results=False)
    proportions.append({"effect": effect, "baseline": baseline, "ratio": ratio, "alpha": alpha, "power": power, "twoSided": two,
                        "trials": float(n), "powerAt300": float(at)})
rng = np.random.default_rng(5)
sample = [round(float(v), 3) for v in rng.gamma(2, 3, 80)]
boot = []
for name, f in [("mean", np.mean), ("median", np.median)]:
    r = stats.bootstrap((sample,), f, n_resamples=200_000, method="percentile", rng=rng, batch=1000)
    boot.append({"statistic": name, "low": r.confidence_interval.low, "high": r.confidence_interval.high})
out = pathlib.Path(__file__).with_suffix(".json")
out.write_text(json.dumps({"means": means, "proportions": proportions, "bootstrap": {"sample": sample, "intervals": boot}}, default=float) + "\n")

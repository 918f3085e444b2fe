"""Analysis of covariance by statsmodels: writes experiment-cuped.json.

The coefficient of the variant in outcome ~ variant + covariate is the CUPED effect, that of the covariate its theta.
Usage: python3 tests/vectors/experiment-cuped.py   (statsmodels 0.15)
"""
import json, pathlib
import numpy as np
import statsmodels.api as sm

rng = np.random.default_rng(8)
def users(n, lift):
    x = rng.normal(3.5, 0.8, n)
    y = 0.5 + 0.8 * x + lift + rng.normal(0, 0.6, n)
    return [[round(float(a), 4), round(float(b), 4)] for a, b in zip(y, x)]
production, candidate = users(120, 0), users(40, 0.25)
rows = np.array(production + candidate)
variant = np.array([0.0] * 120 + [1.0] * 40)
fit = sm.OLS(rows[:, 0], np.column_stack([np.ones(160), variant, rows[:, 1]])).fit()
out = pathlib.Path(__file__).with_suffix(".json")
out.write_text(json.dumps({"production": production, "candidate": candidate, "effect": fit.params[1],
                           "coefficient": fit.params[2], "standardError": fit.bse[1]}) + "\n")

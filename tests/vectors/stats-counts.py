"""scipy's and statsmodels' answers for tests on counts and p-values: writes stats-counts.json.

Usage: python3 tests/vectors/stats-counts.py   (scipy 1.17, statsmodels 0.15)
"""
import json, pathlib
import numpy as np
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportions_ztest

fits = []
for observed, weights in [([810, 190], [80, 20]), ([760, 240], [0.8, 0.2]), ([10, 20, 30, 40], [1, 1, 1, 1]), ([8000, 1500], [80, 20])]:
    w = np.array(weights, float)
    res = stats.chisquare(observed, np.sum(observed) * w / w.sum())
    fits.append({"observed": observed, "weights": weights, "statistic": res.statistic, "pValue": res.pvalue, "df": len(observed) - 1})
tables = []
for table in [[[10, 20, 30], [20, 20, 20]], [[300, 100], [80, 40]], [[5, 9, 40, 120, 90], [2, 4, 9, 30, 30]], [[5000, 1], [1, 5000]]]:
    res = stats.chi2_contingency(table, correction=False)
    tables.append({"table": table, "statistic": res.statistic, "pValue": res.pvalue, "df": res.dof, "expected": res.expected_freq.ravel().tolist()})
proportions = []
for a, n, b, m in [(45, 100, 60, 100), (3, 500, 9, 400), (80, 800, 30, 200), (200, 1000, 250, 1000)]:
    z, p = proportions_ztest([b, a], [m, n])
    proportions.append({"reference": [a, n], "current": [b, m], "statistic": z, "pValue": p})
bh = []
for p in [[0.01, 0.02, 0.03, 0.04, 0.05], [0.2, 0.001, 0.04, 0.8, 0.04, 0.012], [1.0], [0.5, 1e-12]]:
    bh.append({"pValues": p, "adjusted": multipletests(p, method="fdr_bh")[1].tolist()})
tails = [[x, df, float(stats.chi2.sf(x, df))] for x, df in [(0.5, 1), (3.84, 1), (10.83, 1), (25, 9), (200, 4), (900, 1)]]
out = pathlib.Path(__file__).with_suffix(".json")
out.write_text(json.dumps({"fits": fits, "tables": tables, "proportions": proportions, "benjaminiHochberg": bh, "tails": tails}, default=float) + "\n")

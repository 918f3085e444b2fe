"""Expected values for core/dataset and core/features: numpy 2.4 and scikit-learn 1.9 TargetEncoder.

Run: python tests/vectors/dataset.py > tests/vectors/dataset.json
"""
import json
import numpy as np
from sklearn.preprocessing import TargetEncoder

rng = np.random.default_rng(11)
samples = [rng.normal(5, 3, n).round(3) for n in (1, 2, 7, 40)]
quantiles = [
    {"sample": sorted(s.tolist()), "q": q, "value": float(np.quantile(s, q))}
    for s in samples for q in (0, 0.1, 0.25, 0.5, 0.77, 1)
]
labels = rng.choice(["Hebbal", "Whitefield", "Hoodi", "Begur"], 60, p=[0.5, 0.3, 0.15, 0.05])
y = (rng.gamma(3, 20, 60)).round(2)
targets = []
for smooth in (0.0, 5.0, 30.0):
    encoder = TargetEncoder(smooth=smooth, target_type="continuous").fit(labels.reshape(-1, 1), y)
    targets.append({"smoothing": smooth, "values": dict(zip(encoder.categories_[0].tolist(), encoder.encodings_[0].tolist()))})
column = np.round(rng.lognormal(7, 0.5, 25), 1)
print(json.dumps({
    "quantiles": quantiles,
    "targetEncoding": {"labels": labels.tolist(), "y": y.tolist(), "encodings": targets},
    "profile": {"values": column.tolist(), "mean": column.mean(), "std": column.std(ddof=1),
                "deciles": [float(np.quantile(column, i / 10)) for i in range(11)]},
}, indent=1))

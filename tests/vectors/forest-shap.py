"""Writes forest-shap.json: scikit-learn forests as arrays, and the shap package's values for some rows.

pip install scikit-learn shap; python tests/vectors/forest-shap.py
"""

import json
from pathlib import Path

import numpy as np
import shap
import sklearn
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor


def arrays(forest):
    trees = []
    for estimator in forest.estimators_:
        tree = estimator.tree_
        trees.append(
            {
                "left": tree.children_left.tolist(),
                "right": tree.children_right.tolist(),
                "feature": tree.feature.tolist(),
                "threshold": tree.threshold.tolist(),
                "cover": tree.weighted_n_node_samples.tolist(),
                "value": tree.value[:, 0, :].tolist(),
            }
        )
    return trees


def case(name, forest, rows, probabilities):
    explainer = shap.TreeExplainer(forest, feature_perturbation="tree_path_dependent")
    values = np.asarray(explainer.shap_values(rows))
    predictions = forest.predict_proba(rows) if probabilities else forest.predict(rows)[:, None]
    return {
        "name": name,
        "trees": arrays(forest),
        "rows": rows.tolist(),
        "predictions": predictions.tolist(),
        "baseValues": np.atleast_1d(explainer.expected_value).tolist(),
        # (rows, features, outputs)
        "contributions": (values if values.ndim == 3 else values[:, :, None]).tolist(),
    }


random = np.random.default_rng(7)
# float32 throughout, as scikit-learn compares
X = random.normal(size=(300, 5)).astype(np.float32).astype(np.float64)
X[:, 3] = random.integers(0, 4, 300)
y = 50 + 20 * X[:, 0] * X[:, 1] + 5 * X[:, 3] + np.where(X[:, 2] > 0, 10, 0)
kind = np.digitize(y, [45, 60])
rows = X[:8]
document = {
    "made by": f"forest-shap.py, scikit-learn {sklearn.__version__}, shap {shap.__version__}",
    "cases": [
        case("regression", RandomForestRegressor(4, max_depth=6, random_state=1).fit(X, y), rows, False),
        case("three classes", RandomForestClassifier(3, max_depth=5, random_state=1).fit(X, kind), rows, True),
    ],
}
Path(__file__).with_suffix(".json").write_text(json.dumps(document) + "\n")

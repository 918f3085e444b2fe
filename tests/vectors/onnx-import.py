"""Tree ensembles trained by scikit-learn and written by skl2onnx, with what scikit-learn and onnxruntime say about a few rows.

    pip install scikit-learn==1.9.1 skl2onnx==1.20.0 onnxruntime==1.31.1
    python tests/vectors/onnx-import.py > tests/vectors/onnx-import.json
"""

import base64
import json

import numpy as np
import onnxruntime
from skl2onnx import to_onnx
from sklearn.datasets import load_iris
from sklearn.ensemble import (
    ExtraTreesClassifier,
    GradientBoostingClassifier,
    GradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.linear_model import LinearRegression
from sklearn.tree import DecisionTreeRegressor

random = np.random.default_rng(7)


def problem(rows: int, features: int):
    X = random.normal(size=(rows, features)).astype(np.float32)
    y = 50 + 20 * X[:, 0] - 10 * np.abs(X[:, 1]) + 5 * X[:, 0] * X[:, 2] + random.normal(size=rows)
    return X, y


def case(name, model, X, y, options=None):
    model.fit(X, y)
    onnx = to_onnx(model, X[:1], options=options).SerializeToString()
    rows = X[:: max(1, len(X) // 25)]
    session = onnxruntime.InferenceSession(onnx)
    outputs = session.run(None, {session.get_inputs()[0].name: rows})
    return {
        "name": name,
        "onnx": base64.b64encode(onnx).decode(),
        "rows": rows.astype(float).tolist(),
        "predict": model.predict(rows).tolist(),
        "labels": [str(label) for label in model.classes_] if hasattr(model, "classes_") else [],
        "probabilities": model.predict_proba(rows).tolist() if hasattr(model, "predict_proba") else None,
        "onnxruntime": np.asarray(outputs[0]).ravel().tolist(),
    }


X, y = problem(300, 4)
iris = load_iris()
iris_X = iris.data.astype(np.float32)
labels = np.array(["low", "high"])[(y > 50).astype(int)]
plain = {"zipmap": False}

print(
    json.dumps(
        {
            "cases": [
                case("random forest regressor", RandomForestRegressor(12, max_depth=6, random_state=0), X, y),
                case("decision tree regressor", DecisionTreeRegressor(max_depth=5, random_state=0), X, y),
                case("gradient boosting regressor", GradientBoostingRegressor(n_estimators=20, random_state=0), X, y),
                case("random forest classifier", RandomForestClassifier(10, max_depth=4, random_state=0), iris_X, iris.target, plain),
                case("extra trees classifier with zipmap", ExtraTreesClassifier(8, max_depth=4, random_state=0), iris_X, iris.target),
                case("boosting of three classes", GradientBoostingClassifier(n_estimators=6, max_depth=2, random_state=0), iris_X, iris.target, plain),
                case("boosting of two classes", GradientBoostingClassifier(n_estimators=8, max_depth=2, random_state=0), X, (y > 50).astype(int), plain),
                case("text labels", RandomForestClassifier(5, max_depth=3, random_state=0), X, labels, plain),
                case("two classes", RandomForestClassifier(9, max_depth=4, random_state=0), X, (y > 50).astype(int), plain),
            ],
            "refused": [
                {
                    "name": "linear model",
                    "onnx": base64.b64encode(to_onnx(LinearRegression().fit(X, y), X[:1]).SerializeToString()).decode(),
                },
                {
                    "name": "two targets",
                    "onnx": base64.b64encode(
                        to_onnx(RandomForestRegressor(3, max_depth=3, random_state=0).fit(X, np.stack([y, -y], 1)), X[:1]).SerializeToString()
                    ).decode(),
                },
            ],
        }
    )
)

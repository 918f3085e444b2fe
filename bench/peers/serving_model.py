"""Trains scikit-learn's forest on encoded rows (X.csv: features, target last) and writes model.joblib and model.onnx."""
import sys

import joblib
import numpy as np
from skl2onnx import to_onnx
from sklearn.ensemble import RandomForestRegressor

folder = sys.argv[1]
data = np.nan_to_num(np.loadtxt(f"{folder}/X.csv", delimiter=","), nan=-1)
X, y = data[:, :-1].astype(np.float32), data[:, -1]
forest = RandomForestRegressor(n_estimators=100, max_depth=14, min_samples_leaf=2, max_features=0.6, n_jobs=2, random_state=0)
forest.fit(X, y)
forest.set_params(n_jobs=1)
joblib.dump(forest, f"{folder}/model.joblib")
with open(f"{folder}/model.onnx", "wb") as file:
    file.write(to_onnx(forest, X[:1]).SerializeToString())

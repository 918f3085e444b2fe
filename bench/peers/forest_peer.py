"""The scikit-learn side of the forest benchmarks: forest_peer.py JOB.json, the answer is JSON on standard output.

Matrices are float64 files, column after column; times are seconds, memory is the process's peak in MB.
"""

import json
import resource
import sys
import time

import numpy as np
from sklearn.datasets import load_iris
from sklearn.ensemble import HistGradientBoostingRegressor, RandomForestRegressor


def read(problem):
    # a view, not a copy: column after column is also how scikit-learn's splitters walk
    X = np.fromfile(problem["X"]).reshape(problem["columns"], problem["rows"]).T
    return X, np.fromfile(problem["y"])


def make(job, seed=0):
    if job["algorithm"] == "boosting":
        return HistGradientBoostingRegressor(max_iter=job["trees"], early_stopping=False, random_state=seed)
    return RandomForestRegressor(
        n_estimators=job["trees"], max_depth=job["maxDepth"], n_jobs=job["threads"], random_state=seed
    )


def timed(act, repeats):
    best = float("inf")
    for _ in range(repeats):
        started = time.perf_counter()
        act()
        best = min(best, time.perf_counter() - started)
    return best


def peak_mb():
    """The peak of this program alone: getrusage would count the benchmark's own pages from before exec."""
    try:
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 2**10
    except FileNotFoundError:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak / (2**20 if sys.platform == "darwin" else 2**10)


def train(job):
    X, y = read(job["problem"])
    seconds = timed(lambda: make(job).fit(X, y), job["repeats"])
    return {"seconds": seconds, "peakMb": peak_mb()}


def predict(job):
    import onnxruntime

    X, y = read(job["problem"])
    model = make(job).fit(X, y)
    model.n_jobs = 1
    row = X[:1]
    one_row = timed(lambda: [model.predict(row) for _ in range(50)], 3) / 50
    batch = X.shape[0] / timed(lambda: model.predict(X), job["repeats"])
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(job["onnx"], options)
    row32, all32 = row.astype(np.float32), X.astype(np.float32)
    onnx_row = timed(lambda: [session.run(None, {"features": row32}) for _ in range(500)], 3) / 500
    onnx_batch = X.shape[0] / timed(lambda: session.run(None, {"features": all32}), job["repeats"])
    return {"oneRow": one_row, "batch": batch, "onnxRow": onnx_row, "onnxBatch": onnx_batch}


def accuracy(job):
    X, y = read(job["problem"])
    predictions = []
    for fold in job["folds"]:
        train_rows, test_rows = np.array(fold["train"]), np.array(fold["test"])
        model = make(job, fold["seed"]).fit(X[train_rows], y[train_rows])
        predictions.append(model.predict(X[test_rows]).tolist())
    return {"predictions": predictions}


def iris(job):
    data = load_iris()
    return {"rows": data.data.tolist(), "kind": data.target.tolist()}


with open(sys.argv[1]) as file:
    job = json.load(file)
print(json.dumps({"train": train, "predict": predict, "accuracy": accuracy, "iris": iris}[job["kind"]](job)))

"""Figures of three classifiers by scikit-learn. Run: python classification-metrics.py > classification-metrics.json"""
import json
import numpy as np
from sklearn.metrics import accuracy_score, f1_score, log_loss, precision_score, recall_score

rng = np.random.default_rng(7)


def case(name, classes, rows, absent=None):
    actual = rng.integers(0, classes, rows)
    raw = rng.random((rows, classes)) + 1.5 * np.eye(classes)[actual] * rng.random((rows, 1))
    if absent is not None:
        actual = np.where(actual == absent, 0, actual)
        raw[:, absent] *= 0.01
    probabilities = np.round(raw / raw.sum(axis=1, keepdims=True), 12)
    probabilities[:, 0] += 1 - probabilities.sum(axis=1)
    predicted = probabilities.argmax(axis=1)
    labels = list(range(classes))
    expected = {
        "accuracy": accuracy_score(actual, predicted),
        "macroF1": f1_score(actual, predicted, average="macro", zero_division=0),
        "logLoss": log_loss(actual, probabilities, labels=labels),
    }
    for key, score in (("precision", precision_score), ("recall", recall_score), ("f1", f1_score)):
        for k, value in enumerate(score(actual, predicted, labels=labels, average=None, zero_division=0)):
            expected[f"{key}_{k}"] = value
    return dict(
        name=name,
        classes=classes,
        actual=actual.tolist(),
        predicted=predicted.tolist(),
        probabilities=probabilities.tolist(),
        expected=expected,
    )


print(json.dumps([case("two classes", 2, 40), case("four classes", 4, 60), case("a class that never occurs", 3, 30, absent=2)]))

"""Evidently's DataDriftPreset on the files that bench/drift.ts wrote; prints one line of JSON.

Usage: evidently_peer.py FOLDER, which holds reference.csv, current.csv and days-<rows>.csv (with a column `day`).
"""
import json
import sys
import time
import warnings

import pandas as pd
from evidently import DataDefinition, Dataset, Report
from evidently.presets import DataDriftPreset

warnings.filterwarnings("ignore")
folder = sys.argv[1]
definition = DataDefinition(
    numerical_columns=["sqft", "rooms", "baths", "age", "prediction"], categorical_columns=["place", "type"]
)
columns = definition.numerical_columns + definition.categorical_columns


def run(current, reference):
    return Report([DataDriftPreset()]).run(
        Dataset.from_pandas(current[columns], data_definition=definition),
        Dataset.from_pandas(reference[columns], data_definition=definition),
    )


def drifted(snapshot):
    """Names of the columns that the report calls drifted."""
    names = set()
    for metric in snapshot.dict()["metrics"]:
        config, value = metric["config"], metric["value"]
        if not config["type"].endswith("ValueDrift"):
            continue
        small_is_drift = "p_value" in config["method"]
        if (value < config["threshold"]) if small_is_drift else (value >= config["threshold"]):
            names.add(config["column"])
    return names


reference = pd.read_csv(f"{folder}/reference.csv")
current = pd.read_csv(f"{folder}/current.csv")
run(current.head(1000), reference.head(1000))
seconds = []
for _ in range(3):
    started = time.perf_counter()
    run(current, reference)
    seconds.append(time.perf_counter() - started)

shares = {}
for rows in sys.argv[2:]:
    days = pd.read_csv(f"{folder}/days-{rows}.csv")
    # as bench/drift.ts: a reference of 10,000 rows, and one no longer than the day
    for size in (10_000, int(rows)):
        found = [drifted(run(day, reference.head(size))) for _, day in days.groupby("day")]
        share = lambda hits: sum(map(bool, hits)) / len(found)
        # the column of 200 categories alone is flagged nearly always: both figures are told
        shares[f"{rows}/{size}"] = {"any": share(found), "withoutPlace": share([f - {"place"} for f in found])}
print(json.dumps({"seconds": min(seconds), "flagged": shares}))

"""The seeds' stack: Flask and scikit-learn, one row a request. Run by gunicorn with MODEL_FOLDER set."""
import json
import os
import time

import joblib
import numpy as np
from flask import Flask, jsonify, request

folder = os.environ["MODEL_FOLDER"]
model = joblib.load(f"{folder}/model.joblib")
with open(f"{folder}/locations.json") as file:
    locations = json.load(file)
app = Flask(__name__)


@app.post("/api/predict_home_price")
def predict():
    started = time.perf_counter()
    home = request.get_json()
    if not 0 < float(home["total_sqft"]) <= 50000 or not 1 <= int(home["bhk"]) <= 20:
        return jsonify(error="invalid input"), 422
    row = [[home["total_sqft"], locations.get(home["location"], locations["other"]), home["bhk"], home["bath"], -1, -1, -1]]
    price = float(model.predict(np.asarray(row, dtype=np.float32))[0])
    return jsonify(estimated_price=round(price, 2), latency_ms=(time.perf_counter() - started) * 1000)

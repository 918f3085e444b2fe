"""FastAPI and onnxruntime, one row a request. Run by uvicorn with MODEL_FOLDER set."""
import json
import os
import time

import numpy as np
import onnxruntime
from fastapi import FastAPI
from pydantic import BaseModel, Field

folder = os.environ["MODEL_FOLDER"]
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1
session = onnxruntime.InferenceSession(f"{folder}/model.onnx", options)
name = session.get_inputs()[0].name
with open(f"{folder}/locations.json") as file:
    locations = json.load(file)
app = FastAPI()


class Home(BaseModel):
    total_sqft: float = Field(gt=0, le=50000)
    location: str
    bhk: int = Field(ge=1, le=20)
    bath: int = Field(ge=1, le=20)


@app.post("/api/predict_home_price")
def predict(home: Home):
    started = time.perf_counter()
    row = [[home.total_sqft, locations.get(home.location, locations["other"]), home.bhk, home.bath, -1, -1, -1]]
    price = float(session.run(None, {name: np.asarray(row, dtype=np.float32)})[0][0][0])
    return {"estimated_price": round(price, 2), "latency_ms": (time.perf_counter() - started) * 1000}

import * as ort from 'onnxruntime-web';

ort.env.wasm.numThreads = 1;
ort.env.logLevel = 'error';

/** Runs an ONNX file in onnxruntime (WebAssembly) on rows of float32 features; the outputs by name. */
export async function runOnnx(
  model: Uint8Array,
  rows: readonly ArrayLike<number>[],
): Promise<Record<string, readonly number[]>> {
  const session = await ort.InferenceSession.create(model);
  try {
    const columns = rows[0]!.length;
    const input = new ort.Tensor('float32', Float32Array.from(rows.flatMap((row) => Array.from(row))), [
      rows.length,
      columns,
    ]);
    const outputs = await session.run({ features: input });
    return Object.fromEntries(
      Object.entries(outputs).map(([name, tensor]) => [name, Array.from(tensor.data as Float32Array, Number)]),
    );
  } finally {
    await session.release();
  }
}

import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encodeRows } from '../../core/features/encode-rows.js';
import { parseEncoderPlan } from '../../core/features/encoder-plan.js';
import { homePrices } from '../../projects/home-prices/project.js';
import type { TrainedHomeModel } from '../../tests/inference/support/train-home-model.js';
import { peerPython } from '../peers/python.js';
import { type BenchProcess, startProcess } from './process.js';

const peers = fileURLToPath(new URL('../peers/', import.meta.url));

/** What the Python peers are trained on and look locations up in. */
function writePeerData(folder: string, rowCount: number, { document }: TrainedHomeModel): void {
  const { rows } = homePrices.dataset.clean(homePrices.dataset.generate({ randomState: 7, rows: rowCount }));
  const plan = parseEncoderPlan(document.encoder);
  const X = encodeRows(plan, rows);
  const lines = (rows as unknown as { price: number }[]).map(({ price }, r) =>
    [...Array.from({ length: X.columns }, (_, c) => X.data[c * X.rows + r]!), price].join(','),
  );
  writeFileSync(join(folder, 'X.csv'), lines.join('\n'));
  const column = plan.columns.find((one) => one.kind === 'target')!;
  const locations = {
    other: column.other,
    ...Object.fromEntries(column.categories.map((name, i) => [name, column.values[i]])),
  };
  writeFileSync(join(folder, 'locations.json'), JSON.stringify(locations));
}

/** MLServer, the reference of the Open Inference Protocol in Python, over the same scikit-learn forest; one process, as ours. */
function startMlServer(
  folder: string,
  [port, grpc, metrics]: readonly [number, number, number],
): Promise<BenchProcess> {
  const python = peerPython(new URL('../peers/serving-mlserver-requirements.txt', import.meta.url));
  const settings = { http_port: port, grpc_port: grpc, metrics_port: metrics, parallel_workers: 0, debug: false };
  const model = { name: 'home', implementation: 'mlserver_sklearn.SKLearnModel', parameters: { uri: 'model.joblib' } };
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings));
  writeFileSync(join(folder, 'model-settings.json'), JSON.stringify(model));
  const data = [1000, 4.2, 2, 2, -1, -1, -1];
  const input = { name: 'predict', shape: [1, data.length], datatype: 'FP32', data };
  const ask = { path: '/v2/models/home/infer', body: JSON.stringify({ inputs: [input] }) };
  return startProcess(port, join(dirname(python), 'mlserver'), ['start', folder], {}, ask);
}

/** Ways to start the services that are measured beside ours, each on its own port. */
export type Peers = Readonly<Record<'echo' | 'fastapi' | 'mlserver' | 'flask', () => Promise<BenchProcess>>>;

/**
 * Trains scikit-learn's forest on the same rows and prepares the peers.
 *
 * @param folder for their data and model
 * @param rowCount raw rows the model was trained on
 * @param ports of echo, FastAPI, Flask, and three of MLServer
 */
export function preparePeers(
  folder: string,
  rowCount: number,
  model: TrainedHomeModel,
  [echo, fastapi, flask, ...mlserver]: readonly [number, number, number, number, number, number],
): Peers {
  writePeerData(folder, rowCount, model);
  const python = peerPython(new URL('../peers/serving-requirements.txt', import.meta.url));
  execFileSync(python, [join(peers, 'serving_model.py'), folder], { stdio: 'inherit' });
  const bin = dirname(python);
  const env = { MODEL_FOLDER: folder };
  const quiet = ['--log-level', 'error'];
  return {
    echo: () =>
      startProcess(echo, process.execPath, ['--import', 'tsx', join(peers, 'serving-echo.ts')], {
        PORT: String(echo),
      }),
    fastapi: () =>
      startProcess(
        fastapi,
        join(bin, 'uvicorn'),
        ['--app-dir', peers, 'serving_fastapi:app', '--port', String(fastapi), '--workers', '2', ...quiet],
        env,
      ),
    mlserver: () => startMlServer(folder, mlserver),
    flask: () =>
      startProcess(
        flask,
        join(bin, 'gunicorn'),
        ['--chdir', peers, 'serving_flask:app', '-w', '2', '-b', `127.0.0.1:${flask}`, ...quiet],
        env,
      ),
  };
}

import cluster, { type Worker } from 'node:cluster';
import type { Logger } from 'pino';
import type { CollectedMetric } from '../metrics/collected-metrics.js';
import { type ClusterMessage, isClusterMessage } from './messages.js';

/** A worker that does not tell its metrics in this time is left out of the sum. */
const PATIENCE_MS = 1_000;
const RESTART_MS = 500;

/** Keeps `count` workers on one port, starts one again that died, and adds their metrics up for whoever asks. */
export function runPrimary(count: number, logger: Logger): void {
  let stopping = false;
  let lastId = 0;
  const indexes = new Map<number, number>();

  function fork(index: number): void {
    const worker = cluster.fork({ INFERENCE_WORKER_INDEX: String(index) });
    indexes.set(worker.id, index);
  }

  function collect(asker: Worker, askedId: number): void {
    const id = ++lastId;
    const told: (readonly CollectedMetric[])[] = [];
    const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker?.isConnected()) as Worker[];
    const finish = () => {
      clearTimeout(patience);
      cluster.off('message', listen);
      if (asker.isConnected()) asker.send({ kind: 'all', id: askedId, metrics: told } satisfies ClusterMessage);
    };
    const listen = (_worker: Worker, message: unknown) => {
      if (!isClusterMessage(message) || message.kind !== 'own' || message.id !== id) return;
      told.push(message.metrics);
      if (told.length === workers.length) finish();
    };
    const patience = setTimeout(finish, PATIENCE_MS);
    cluster.on('message', listen);
    for (const worker of workers) worker.send({ kind: 'collect', id } satisfies ClusterMessage);
  }

  cluster.on('message', (worker, message: unknown) => {
    if (isClusterMessage(message) && message.kind === 'collect') collect(worker, message.id);
  });
  cluster.on('exit', (worker, code, signal) => {
    const index = indexes.get(worker.id)!;
    indexes.delete(worker.id);
    if (stopping) {
      if (indexes.size === 0) process.exit(0);
      return;
    }
    logger.error({ index, code, signal }, 'inference worker died and is started again');
    setTimeout(() => !stopping && fork(index), RESTART_MS);
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      stopping = true;
      for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill('SIGTERM');
      if (indexes.size === 0) process.exit(0);
    });
  }
  for (let index = 0; index < count; index++) fork(index);
}

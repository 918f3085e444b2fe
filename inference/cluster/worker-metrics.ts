import cluster from 'node:cluster';
import { AggregatorRegistry, type Registry } from 'prom-client';
import { collect } from '../metrics/collect-own-metrics.js';
import type { CollectedMetrics } from '../metrics/collected-metrics.js';
import { type ClusterMessage, isClusterMessage } from './messages.js';

const send = (message: ClusterMessage) => void cluster.worker?.send(message);

/**
 * Makes a worker answer for its own metrics and ask the primary for those of all.
 *
 * @param own tells the worker's metrics, once it has any
 */
export function createClusterMetrics(own: () => { registry: Registry; refresh: () => void } | undefined) {
  const asked = new Map<number, (all: CollectedMetrics) => void>();
  let lastId = 0;

  cluster.worker?.on('message', async (message: unknown) => {
    if (!isClusterMessage(message)) return;
    if (message.kind === 'collect') {
      const mine = own();
      mine?.refresh();
      send({ kind: 'own', id: message.id, metrics: mine ? (await collect(mine.registry)).metrics : [] });
    } else if (message.kind === 'all') {
      const sum = AggregatorRegistry.aggregate(message.metrics as unknown as object[]);
      asked.get(message.id)?.(await collect(sum));
      asked.delete(message.id);
    }
  });

  return {
    /** The metrics of all workers, added up. */
    all: () =>
      new Promise<CollectedMetrics>((resolve) => {
        asked.set(++lastId, resolve);
        send({ kind: 'collect', id: lastId });
      }),
  };
}

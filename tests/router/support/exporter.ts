import { join } from 'node:path';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { createMetrics } from '../../../monitoring/metrics.js';
import { routerMetricDefinitions } from '../../../monitoring/router-metrics.js';
import { readStatus } from '../../../router/exporter/read-status.js';
import { type RouterExporterOptions, startRouterExporter } from '../../../router/exporter/router-exporter.js';
import type { RoutingState } from '../../../router/routing-state.js';
import { freePort } from '../../monitoring/real-services.js';
import type { RunningRouter } from './routers.js';

export interface Exporter {
  readonly port: number;
  /** What a scrape is told; also reads the access log to its end. */
  scrape(): Promise<string>;
  /** The status of an answer at a path of its port. */
  statusOf(path: string): Promise<number>;
  stop(): Promise<void>;
}

/** The exporter beside a router that runs, as router/server.ts starts it. */
export async function startExporter(
  { port, directory }: Pick<RunningRouter, 'port' | 'directory'>,
  state: RoutingState,
  changes: Partial<RouterExporterOptions> = {},
): Promise<Exporter> {
  const registry = new Registry();
  const metricsPort = await freePort();
  const { stop } = await startRouterExporter({
    project: 'home-prices',
    host: '127.0.0.1',
    port: metricsPort,
    accessLogPath: join(directory, 'access.log'),
    metrics: createMetrics(registry, routerMetricDefinitions),
    registry,
    status: () => readStatus({ host: '127.0.0.1', port, tls: false }),
    state: () => state,
    logger: pino({ level: 'silent' }),
    ...changes,
  });
  const ask = (path: string) => fetch(`http://127.0.0.1:${metricsPort}${path}`);
  return {
    port: metricsPort,
    scrape: async () => (await ask('/metrics')).text(),
    statusOf: async (path) => (await ask(path)).status,
    stop,
  };
}

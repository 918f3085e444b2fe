import { createServer } from 'node:http';
import type { Logger } from 'pino';
import type { RoutingState } from '../routing-state.js';
import { followLog } from './follow-log.js';
import type { RouterStatus } from './read-status.js';

type Labels = Readonly<Record<string, string>>;
interface Counter {
  inc(labels: Labels): void;
}
interface Gauge {
  set(labels: Labels, value: number): void;
}

/** The metrics to tell; monitoring/router-metrics.ts names them. */
export interface ExportedMetrics {
  readonly requests: Counter;
  readonly responses: Counter;
  readonly duration: { observe(labels: Labels, value: number): void };
  readonly connectionsActive: Gauge;
  readonly connectionsWaiting: Gauge;
  readonly generation: Gauge;
  readonly upstreams: Gauge;
}

export interface RouterExporterOptions {
  readonly project: string;
  readonly host: string;
  readonly port: number;
  readonly accessLogPath: string;
  readonly metrics: ExportedMetrics;
  readonly registry: { metrics(): Promise<string>; readonly contentType: string };
  readonly status: () => Promise<RouterStatus | null>;
  /** The routing in force. */
  readonly state: () => RoutingState;
  /** Told of every line of the access log. */
  readonly onRequest?: ((entry: LogEntry) => void) | undefined;
  readonly logger: Logger;
}

/** A line of the access log, not checked. */
export type LogEntry = Readonly<Record<string, unknown>>;

const VARIANTS = ['production', 'candidate'];
const known = (variant: unknown) => (VARIANTS.includes(variant as string) ? (variant as string) : 'none');

/** A line every so often, so that a scrape after an hour of silence does not have to read an hour of log. */
const READ_EVERY_MS = 2_000;

/**
 * Tells what the router did at `/metrics` on a port of its own. Requests are counted from the access log, which nginx
 * and the built-in router write alike, so the path of a request stays as it is.
 */
export async function startRouterExporter(options: RouterExporterOptions): Promise<{ stop(): Promise<void> }> {
  const { project, metrics, registry, logger } = options;
  const log = await followLog(options.accessLogPath);
  let reading: Promise<void> = Promise.resolve();

  function count(line: string): void {
    let entry: LogEntry;
    try {
      entry = JSON.parse(line) as LogEntry;
    } catch {
      return; // a line that was cut off when the disk was full
    }
    const served = known(entry.served);
    metrics.requests.inc({ project, assigned: known(entry.variant), served });
    metrics.responses.inc({ project, status: `${Math.floor(Number(entry.status) / 100) || 0}xx` });
    options.onRequest?.(entry);
    metrics.duration.observe({ project, served }, Number(entry.duration_s) || 0);
  }

  /** One read at a time: the position in the log is shared. */
  function catchUp(): Promise<void> {
    reading = reading
      .then(() => log.read(count))
      .catch((error: unknown) => logger.warn({ err: error }, 'access log not read'));
    return reading;
  }

  async function tell(): Promise<string> {
    await catchUp();
    const status = await options.status();
    if (status) {
      metrics.connectionsActive.set({ project }, status.active);
      metrics.connectionsWaiting.set({ project }, status.waiting);
    }
    const { generation, production, candidate } = options.state();
    metrics.generation.set({ project }, generation);
    metrics.upstreams.set({ project, variant: 'production' }, production.length);
    metrics.upstreams.set({ project, variant: 'candidate' }, candidate.length);
    return registry.metrics();
  }

  const timer = setInterval(catchUp, READ_EVERY_MS);
  timer.unref();
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') return void response.writeHead(404).end();
    tell().then(
      (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      (error: unknown) => {
        logger.error({ err: error }, 'metrics not told');
        response.writeHead(500).end();
      },
    );
  });
  // metrics are a help, not a need: a taken port must not keep predictions from being served
  server.on('error', (error) => logger.error({ err: error, port: options.port }, 'metrics of the router are not told'));
  server.listen(options.port, options.host);

  return {
    async stop() {
      clearInterval(timer);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await catchUp();
      await log.close();
    },
  };
}

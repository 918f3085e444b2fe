import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UnavailableError } from '../../core/errors.js';
import { buildLocalConfig, type LocalTargets } from '../../monitoring/prometheus/local-config.js';
import type { Part } from '../part.js';
import { run } from '../run-command.js';
import { findOnPath } from '../tools/find-on-path.js';

const RULES = fileURLToPath(new URL('../../monitoring/prometheus/rules/*.yml', import.meta.url));

export interface PrometheusOptions {
  readonly home: string;
  readonly port: number;
  readonly targets: LocalTargets;
  /** Between two scrapes, in Prometheus' notation. */
  readonly interval: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Prometheus with the rules of the product, scraping this stack. The stack stays up without it. */
export function prometheusPart({ home, port, targets, interval, env }: PrometheusOptions): Part {
  const folder = join(home, 'prometheus');
  const file = join(folder, 'prometheus.yml');
  const path = findOnPath(['prometheus'], env);
  return {
    name: 'prometheus',
    kind: 'service',
    needs: [],
    optional: true,
    address: `http://localhost:${port}`,
    ports: [{ port, variable: 'PROMETHEUS_PORT' }],
    async prepare() {
      if (path === null) throw new UnavailableError('prometheus is not on PATH: install it (Debian: prometheus)');
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeFileSync(file, JSON.stringify(buildLocalConfig({ targets, interval, ruleFiles: [RULES] }), null, 2));
    },
    command: () => ({
      path: path ?? 'prometheus',
      args: [
        ...[`--config.file=${file}`, `--storage.tsdb.path=${join(folder, 'data')}`],
        ...['--storage.tsdb.retention.time=30d', `--web.listen-address=127.0.0.1:${port}`],
      ],
      cwd: folder,
      env,
    }),
    async probe() {
      const { status } = await fetch(`http://127.0.0.1:${port}/-/ready`, { signal: AbortSignal.timeout(2_000) });
      if (status !== 200) throw new Error(`prometheus answered ${status}`);
    },
    version: () => toolVersion(path),
    stopSignal: 'SIGTERM',
    stopTimeoutMs: 20_000,
    startTimeoutMs: 60_000,
  };
}

/** The version that a tool of Prometheus' family tells. */
export async function toolVersion(path: string | null): Promise<string> {
  if (path === null) return '';
  return /version (\S+)/.exec(await run(path, ['--version']))?.[1] ?? 'unknown';
}

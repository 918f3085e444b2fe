import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildAlertmanagerConfig } from '../../monitoring/alertmanager/build-config.js';
import { receiversFrom } from '../../monitoring/alertmanager/write-config.js';
import type { Part } from '../part.js';
import { findOnPath } from '../tools/find-on-path.js';
import { toolVersion } from './prometheus.js';

const TEMPLATES = fileURLToPath(new URL('../../monitoring/alertmanager/templates/*.tmpl', import.meta.url));

/** Debian calls it by the first name. */
export const findAlertmanager = (env: NodeJS.ProcessEnv): string | null =>
  findOnPath(['prometheus-alertmanager', 'alertmanager'], env);

export interface AlertmanagerOptions {
  readonly home: string;
  readonly port: number;
  readonly path: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Alertmanager with the receivers that the environment names; without any, alerts are shown on its page. */
export function alertmanagerPart({ home, port, path, env }: AlertmanagerOptions): Part {
  const folder = join(home, 'alertmanager');
  const file = join(folder, 'alertmanager.yml');
  return {
    name: 'alertmanager',
    kind: 'service',
    needs: [],
    optional: true,
    address: `http://localhost:${port}`,
    ports: [{ port, variable: 'ALERTMANAGER_PORT' }],
    async prepare() {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const config = { ...buildAlertmanagerConfig(receiversFrom(env)), templates: [TEMPLATES] };
      writeFileSync(file, JSON.stringify(config, null, 2), { mode: 0o600 });
    },
    command: () => ({
      path,
      args: [
        ...[`--config.file=${file}`, `--storage.path=${join(folder, 'data')}`],
        ...[`--web.listen-address=127.0.0.1:${port}`, '--cluster.listen-address='],
      ],
      cwd: folder,
      env,
    }),
    async probe() {
      const { status } = await fetch(`http://127.0.0.1:${port}/-/ready`, { signal: AbortSignal.timeout(2_000) });
      if (status !== 200) throw new Error(`alertmanager answered ${status}`);
    },
    version: () => toolVersion(path),
    stopSignal: 'SIGTERM',
    stopTimeoutMs: 10_000,
    startTimeoutMs: 30_000,
  };
}

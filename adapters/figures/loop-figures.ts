import { X509Certificate } from 'node:crypto';
import { readFile, statfs } from 'node:fs/promises';
import type { Client } from '@temporalio/client';
import type { Pool } from 'pg';
import type { ObjectStore } from '../../activities/ports.js';
import { readBusinessFigures } from '../postgres/business-figures.js';
import { readExperimentFigures } from '../postgres/experiment-figures.js';
import { readModelFigures } from '../postgres/model-figures.js';
import { readNotificationFigures } from '../postgres/notification-figures.js';
import { readTrackingFigures } from '../postgres/tracking-figures.js';
import { readScheduleFigures } from '../temporal/schedule-figures.js';
import type { Figure } from './figure.js';
import { createFigureCollector, type FigureCollectorOptions } from './figure-collector.js';

export interface LoopFiguresOptions
  extends Pick<FigureCollectorOptions, 'metrics' | 'logger' | 'maxAgeMs' | 'timeoutMs'> {
  readonly pool: Pool;
  readonly client: Client;
  readonly objects: Pick<ObjectStore, 'list'>;
  readonly projects: readonly string[];
  /** Folder whose disk must not fill up. */
  readonly home: string;
  /** How many workers of this process poll. */
  readonly workersRunning: () => number;
  /** Certificate of the router in PEM, if it has one. */
  readonly certificateFile?: string | undefined;
}

const plain = (key: string, value: number): Figure => ({ key, labels: {}, value });

/** Reads everything that the metrics of the worker tell: the loop in Postgres, schedules, dependencies, pool, disk. */
export function createLoopFigures(options: LoopFiguresOptions) {
  const { pool, client, objects, projects, home, workersRunning, certificateFile } = options;

  async function machine(): Promise<Figure[]> {
    const { bavail, blocks, bsize } = await statfs(home);
    const connections = { busy: pool.totalCount - pool.idleCount, idle: pool.idleCount, waiting: pool.waitingCount };
    return [
      plain('diskFree', bavail * bsize),
      plain('diskSize', blocks * bsize),
      plain('workersRunning', workersRunning()),
      plain('poolMax', pool.options.max),
      ...Object.entries(connections).map(([state, value]) => ({ key: 'poolConnections', labels: { state }, value })),
    ];
  }

  async function certificate(file: string): Promise<Figure[]> {
    const ends = new X509Certificate(await readFile(file)).validTo;
    return [{ key: 'certificateExpiry', labels: { certificate: 'router' }, value: Date.parse(ends) / 1000 }];
  }

  return createFigureCollector({
    ...options,
    sources: {
      experiments: () => readExperimentFigures(pool),
      models: () => readModelFigures(pool),
      business: () => readBusinessFigures(pool),
      notifications: () => readNotificationFigures(pool),
      tracking: () => readTrackingFigures(pool),
      schedules: () => readScheduleFigures(client, projects),
      machine,
      ...(certificateFile ? { certificate: () => certificate(certificateFile) } : {}),
    },
    probes: {
      postgres: () => pool.query('select 1'),
      temporal: () => client.connection.workflowService.getSystemInfo({}),
      // an empty list, so it answers at once
      s3: () => objects.list('\u0000none'.slice(1)),
    },
  });
}

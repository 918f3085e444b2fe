import type { Pool } from 'pg';
import { createDatasetRegistry } from '../../adapters/postgres/dataset-registry.js';
import { createDriftStore } from '../../adapters/postgres/drift-store.js';
import { createRunStore } from '../../adapters/postgres/run-store.js';

/** The stores that the API only reads: who writes them in production is the worker. */
export function storesOf(pool: Pool) {
  return { driftReports: createDriftStore(pool), runs: createRunStore(pool), datasets: createDatasetRegistry(pool) };
}

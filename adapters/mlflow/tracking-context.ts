import type { Pool } from 'pg';
import type { TrackingOutbox } from '../postgres/tracking-outbox.js';
import type { MlflowClient } from './mlflow-client.js';

/** What the mirroring of one thing needs. */
export interface TrackingContext {
  readonly pool: Pool;
  readonly outbox: TrackingOutbox;
  readonly client: MlflowClient;
  /** Where the artifacts lie. */
  readonly bucket: string;
}

/** MLflow's limits of one value. */
export const TAG_LENGTH = 5000;
export const PARAMETER_LENGTH = 6000;

/** Only what MLflow takes in a key: letters, digits and `_ - . / space :`. */
const safeKey = (key: string) => key.replace(/[^\w\-. /:]/g, '_').slice(0, 250) || '_';

/** An object as MLflow's list of keys and texts; nested values as JSON, nothing for null. */
export function keyed(values: Readonly<Record<string, unknown>>, length: number): { key: string; value: string }[] {
  return Object.entries(values)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([key, value]) => ({
      key: safeKey(key),
      value: (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, length),
    }));
}

/** A text within a filter of MLflow's search. */
export const quoted = (text: string) => `'${text.replaceAll("'", "\\'")}'`;

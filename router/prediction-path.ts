/**
 * Paths whose POST is a prediction, as one expression that nginx and JavaScript read alike. Only these are split: a
 * prediction may be repeated on another instance, anything else (feedback above all) may not.
 */
export const PREDICTION_PATTERN = '^/(api/predict(_[a-z0-9_]+)?|predict|v2/models/[^/]+(/versions/[^/]+)?/infer)$';
/** Predictions too, with larger bodies and longer answers. */
export const BATCH_PATH = '/api/predict/batch';

const prediction = new RegExp(PREDICTION_PATTERN);

export type RequestKind = 'prediction' | 'batch' | 'other';

/** @param path decoded and normalised, without the query */
export function requestKind(method: string, path: string): RequestKind {
  if (method !== 'POST') return 'other';
  if (path === BATCH_PATH) return 'batch';
  return prediction.test(path) ? 'prediction' : 'other';
}

/** The path as nginx matches it: decoded, dot segments resolved, repeated slashes merged; null when malformed. */
export function normalizedPath(target: string): string | null {
  const query = target.indexOf('?');
  const raw = query < 0 ? target : target.slice(0, query);
  if (/^\/[\w/-]*$/.test(raw) && !raw.includes('//')) return raw;
  try {
    const { pathname } = new URL(raw.startsWith('/') ? raw.replace(/^\/+/, '/') : raw, 'http://router');
    return decodeURIComponent(pathname).replace(/\/{2,}/g, '/');
  } catch {
    return null;
  }
}

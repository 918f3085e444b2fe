import type { IrisPrediction } from '../api/iris.js';

const KEY = 'iris-history';
const MOST = 50;

/** Earlier predictions of this browser, newest first; what cannot be read is none. */
export function readIrisHistory(): readonly IrisPrediction[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(stored) ? (stored as IrisPrediction[]) : [];
  } catch {
    return [];
  }
}

/** @returns what is kept: the newest ones */
export function writeIrisHistory(history: readonly IrisPrediction[]): readonly IrisPrediction[] {
  const kept = history.slice(0, MOST);
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // storage is switched off: the list holds until the page is left
  }
  return kept;
}

/** How many predictions each version served, most first. */
export function countByVersion(history: readonly IrisPrediction[]): [version: string, count: number][] {
  const counts = new Map<string, number>();
  for (const { modelVersion } of history) counts.set(modelVersion, (counts.get(modelVersion) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}

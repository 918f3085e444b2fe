import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadResult } from './load-result.js';
import { summaryPage } from './summary-page.js';

/**
 * Keeps a result in a folder, with a page over all that are kept there.
 *
 * @returns the page
 */
export function keepResult(folder: string, result: LoadResult): string {
  mkdirSync(folder, { recursive: true });
  const name = `${result.startedAt.replaceAll(/[:.]/g, '-')}-${result.scenario}.json`;
  writeFileSync(join(folder, name), `${JSON.stringify(result, null, 2)}\n`);
  const page = join(folder, 'index.html');
  writeFileSync(page, summaryPage(readResults(folder)));
  return page;
}

/** All results of a folder, the latest first. */
export function readResults(folder: string): LoadResult[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .reverse()
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as LoadResult);
}

import type { LoadResult } from './load-result.js';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string) => text.replaceAll(/[&<>"]/g, (character) => escapes[character]!);

const percent = (share: number | null) => (share === null ? '–' : `${(share * 100).toFixed(2)} %`);
const ms = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;

const columns: readonly [title: string, cell: (result: LoadResult) => string][] = [
  ['Started', ({ startedAt }) => startedAt.replace('T', ' ').slice(0, 19)],
  ['Scenario', ({ scenario }) => scenario],
  ['Result', ({ passed }) => (passed ? 'passed' : 'failed')],
  ['Predictions', ({ predictions }) => predictions.toLocaleString('en')],
  ['A second', ({ predictionsPerSecond }) => predictionsPerSecond.toFixed(1)],
  ['Median', ({ medianMs }) => ms(medianMs)],
  ['p95', ({ p95Ms }) => ms(p95Ms)],
  ['p99', ({ p99Ms }) => ms(p99Ms)],
  ['Slowest', ({ maxMs }) => ms(maxMs)],
  ['Errors', ({ errorRatio }) => percent(errorRatio)],
  [
    'Candidate (wanted)',
    ({ candidateShare, candidateWeight }) => `${percent(candidateShare)} (${percent(candidateWeight)})`,
  ],
  ['Limit found', ({ limitPerSecond }) => (limitPerSecond === null ? '–' : `${Math.round(limitPerSecond)} / s`)],
  [
    'Thresholds',
    ({ thresholds }) => thresholds.map(({ metric, rule, ok }) => `${ok ? '✓' : '✗'} ${metric} ${rule}`).join('\n'),
  ],
];

/** A page that needs nothing but itself. @param results the latest first */
export function summaryPage(results: readonly LoadResult[]): string {
  const head = columns.map(([title]) => `<th scope="col">${escapeHtml(title)}</th>`).join('');
  const rows = results.map((result) => {
    const cells = columns.map(([, cell]) => `<td>${escapeHtml(cell(result))}</td>`).join('');
    return `<tr class="${result.passed ? 'passed' : 'failed'}">${cells}</tr>`;
  });
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Load tests</title>
<style>
  :root { color-scheme: light dark; font: 14px/1.5 system-ui, sans-serif; }
  body { margin: 2rem; }
  table { border-collapse: collapse; }
  th, td { padding: .4rem .8rem; text-align: left; vertical-align: top; white-space: pre; border-bottom: 1px solid #8884; font-variant-numeric: tabular-nums; }
  .failed td:nth-child(3) { color: #c62828; font-weight: 600; }
  .passed td:nth-child(3) { color: #2e7d32; }
</style>
<h1>Load tests</h1>
<table>
<thead><tr>${head}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
</html>
`;
}

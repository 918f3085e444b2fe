import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keepResult, readResults } from '../../load/kept-results.js';
import { type LoadResult, toLoadResult } from '../../load/load-result.js';
import { summaryPage } from '../../load/summary-page.js';

const known = {
  scenario: 'smoke',
  startedAt: '2026-01-04T02:00:00.000Z',
  router: 'http://localhost:7000',
  candidateWeight: 0.2,
} as const;

/** The form of k6 1.8: 600 predictions in 30 s, 3 without an answer, 120 of the rest by the candidate. */
const summary = (crossed: boolean) => ({
  state: { testRunDurationMs: 30_000 },
  metrics: {
    prediction_failed: {
      values: { rate: 0.005, passes: 3, fails: 597 },
      thresholds: { 'rate<0.01': { ok: true } },
    },
    prediction_duration: {
      values: { avg: 7, med: 6, 'p(95)': 20, 'p(99)': 40, max: 90 },
      thresholds: { 'p(95)<15': { ok: !crossed } },
    },
    candidate_share: { values: { rate: 0.201, passes: 120, fails: 477 } },
  },
});

test('the numbers of k6 become a result with its rates worked out', () => {
  expect(toLoadResult(summary(false), known)).toMatchObject({
    predictions: 600,
    predictionsPerSecond: 20,
    medianMs: 6,
    p95Ms: 20,
    p99Ms: 40,
    maxMs: 90,
    errorRatio: 0.005,
    candidateShare: 0.201,
    limitPerSecond: null,
    passed: true,
  });
});

test('one crossed threshold fails the run', () => {
  expect(toLoadResult(summary(true), known)).toMatchObject({ passed: false });
});

test('a run without a single prediction has not passed, whatever its thresholds say', () => {
  const nothing = {
    state: { testRunDurationMs: 1000 },
    metrics: { x: { values: {}, thresholds: { 'rate<1': { ok: true } } } },
  };
  expect(toLoadResult(nothing, known)).toMatchObject({ passed: false, predictions: 0, candidateShare: null });
});

test('a breakpoint test passes by finding its limit, which crosses its thresholds', () => {
  const { state, metrics } = summary(true);
  const found = { state, metrics: { ...metrics, offered_rate: { values: { value: 812, min: 50, max: 812 } } } };
  expect(toLoadResult(found, { ...known, scenario: 'breakpoint' })).toMatchObject({
    passed: true,
    limitPerSecond: 812,
  });
});

test('results are kept, the latest first, with a page over all of them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'incumbent-load-results-'));
  try {
    keepResult(folder, toLoadResult(summary(false), known));
    const page = keepResult(folder, toLoadResult(summary(true), { ...known, startedAt: '2026-01-05T02:00:00.000Z' }));
    expect(readResults(folder).map(({ startedAt, passed }) => [startedAt.slice(0, 10), passed])).toEqual([
      ['2026-01-05', false],
      ['2026-01-04', true],
    ]);
    const html = readFileSync(page, 'utf8');
    expect(html).toContain('<tr class="failed">');
    expect(html).toContain('✗ prediction_duration p(95)&lt;15');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('what a result holds cannot become markup', () => {
  const result: LoadResult = { ...toLoadResult(summary(false), known), scenario: '<script>' as never };
  expect(summaryPage([result])).not.toContain('<script>');
});

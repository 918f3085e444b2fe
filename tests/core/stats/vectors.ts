import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

/** Reads tests/vectors/{name}.json; the script of the same name beside it made it. */
export function readVectors<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../vectors/${name}.json`, import.meta.url), 'utf8'));
}

/** Equal to the oracle within a relative error (an absolute one near 0). */
export function expectNear(actual: number, expected: number, relative = 1e-9): void {
  expect(Math.abs(actual - expected), `${actual} is not ${expected}`).toBeLessThanOrEqual(
    relative * Math.max(Math.abs(expected), 1e-300) + (expected === 0 ? relative : 0),
  );
}

export interface TwoSamples {
  readonly name: string;
  readonly reference: number[];
  readonly current: number[];
  readonly ties: boolean;
  readonly ks: { statistic: number; exact: number | null };
  readonly welch: { statistic: number; df: number; pValue: number; low: number; high: number };
  readonly mannWhitney: { statistic: number; pValue: number; method: 'exact' | 'normal'; shift: number };
  readonly wasserstein: number;
}

interface Histograms {
  readonly reference: number[];
  readonly current: number[];
  readonly jensenShannon: number;
}

export const twoSampleVectors = readVectors<{
  cases: TwoSamples[];
  histograms: Histograms[];
  kolmogorov: [number, number][];
}>('stats-two-samples');

export const countVectors = readVectors<{
  fits: { observed: number[]; weights: number[]; statistic: number; pValue: number; df: number }[];
  tables: { table: number[][]; statistic: number; pValue: number; df: number; expected: number[] }[];
  proportions: { reference: [number, number]; current: [number, number]; statistic: number; pValue: number }[];
  benjaminiHochberg: { pValues: number[]; adjusted: number[] }[];
  tails: [number, number, number][];
}>('stats-counts');

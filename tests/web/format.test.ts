import { describe, expect, test } from 'vitest';
import {
  formatAgo,
  formatCount,
  formatLakh,
  formatMs,
  formatPerSquareFoot,
  formatShare,
} from '../../web/src/shared/format.js';

describe('amounts are written as they are said in India', () => {
  test.each([
    [83.46, '₹ 83.5 lakh'],
    [1, '₹ 1 lakh'],
    [99.94, '₹ 99.9 lakh'],
    [99.96, '₹ 1 crore'],
    [100, '₹ 1 crore'],
    [123.9, '₹ 1.24 crore'],
    [1_234_567, '₹ 12,345.67 crore'],
    [0.4567, '₹ 45,670'],
    [0, '₹ 0 lakh'],
    [-31.2, '−₹ 31.2 lakh'],
  ])('%d lakh is %s', (lakh, written) => {
    expect(formatLakh(lakh)).toBe(written);
  });
});

test('digits are grouped in lakhs and crores, not in thousands', () => {
  expect(formatCount(1_23_45_678)).toBe('1,23,45,678');
});

test('83.46 lakh over 1,200 sq ft is 6,955 rupees a square foot', () => {
  expect(formatPerSquareFoot(83.46, 1200)).toBe('₹ 6,955 per sq ft');
});

test('a share is written in percent with at most one decimal', () => {
  expect([0.8231, 1, 0].map(formatShare)).toEqual(['82.3 %', '100 %', '0 %']);
});

test('small latencies keep a decimal that large ones do not need', () => {
  expect([3.42, 120.4].map(formatMs)).toEqual(['3.4 ms', '120 ms']);
});

test('times are told by their distance from now', () => {
  const now = Date.UTC(2026, 0, 10, 12);
  const minutes = (n: number) => now + n * 60_000;
  expect(
    [minutes(0), minutes(-5), minutes(-150), minutes(20), minutes(-60 * 24 * 3)].map((t) => formatAgo(t, now)),
  ).toEqual(['just now', '5 minutes ago', '2 hours ago', 'in 20 minutes', '3 days ago']);
});

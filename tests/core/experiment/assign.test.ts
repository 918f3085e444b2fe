import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { InvalidInputError } from '../../../core/errors.js';
import { assignAmong, assignVariant } from '../../../core/experiment/assign.js';

interface Vectors {
  readonly users: string[];
  readonly splits: { salt: string; parts: [string, number][]; variants: string[] }[];
}
const vectors: Vectors = JSON.parse(
  readFileSync(new URL('../../vectors/experiment-split-clients.json', import.meta.url), 'utf8'),
);

test.each(vectors.splits)('gives every user the variant nginx gave, salt "$salt"', ({ salt, parts, variants }) => {
  const split = parts.map(([variant, percent]) => ({ variant, percent }));
  expect(vectors.users.map((user) => assignAmong(salt, user, split, 'production'))).toEqual(variants);
});

test('sends the share of users it is told to, and nobody or everybody at the ends', () => {
  const users = Array.from({ length: 20_000 }, (_, i) => `visitor-${i}`);
  const candidates = (percent: number) => users.filter((u) => assignVariant('e1', u, percent) === 'candidate').length;
  // 20 % of 20,000 ± 5 standard deviations of a binomial (57)
  expect(Math.abs(candidates(20) - 4000)).toBeLessThan(285);
  expect([candidates(0), candidates(100)]).toEqual([0, 20_000]);
});

test('another experiment deals the users anew', () => {
  const users = Array.from({ length: 20_000 }, (_, i) => `visitor-${i}`);
  const both = users.filter(
    (u) => assignVariant('e1', u, 20) === 'candidate' && assignVariant('e2', u, 20) === 'candidate',
  );
  // independent deals meet in 4 % of users; ± 5 standard deviations
  expect(Math.abs(both.length - 800)).toBeLessThan(140);
});

test('a growing share keeps the users it already had', () => {
  for (let i = 0; i < 2000; i++) {
    if (assignVariant('ramp', `u${i}`, 5) === 'candidate') expect(assignVariant('ramp', `u${i}`, 20)).toBe('candidate');
  }
});

test.each([-1, 100.5, 12.345, Number.NaN])('refuses a share of %s percent', (percent) => {
  expect(() => assignVariant('e', 'u', percent)).toThrow(InvalidInputError);
});

test('refuses shares that add up to more than 100 percent', () => {
  const parts = [
    { variant: 'a', percent: 60 },
    { variant: 'b', percent: 40.01 },
  ];
  expect(() => assignAmong('e', 'u', parts, 'rest')).toThrow(/at most 100 percent, got 100.01/);
});

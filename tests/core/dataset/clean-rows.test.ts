import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changeRows, cleanRows, removeRows } from '../../../core/dataset/clean-rows.js';

const small = removeRows<number>('small', 'below 10', (n) => n < 10);
const capped = changeRows<number>('capped', 'above 50 is 50', (n) => Math.min(n, 50));
const odd = removeRows<number>('odd', 'odd', (n) => n % 2 === 1);

test('each rule reports what it removed and changed of what the rules before it left', () => {
  const { rows, steps } = cleanRows([1, 12, 13, 51, 50], [small, capped, odd]);
  expect(rows).toEqual([12, 50, 50]);
  expect(steps.map((s) => [s.rule, s.removed, s.changed])).toEqual([
    ['small', 1, 0],
    ['capped', 0, 1],
    ['odd', 1, 0],
  ]);
});

test('the counts add up: rows in less all removed are the rows out', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(100)), (input) => {
      const { rows, steps } = cleanRows(input, [small, capped, odd]);
      expect(rows.length).toBe(input.length - steps.reduce((sum, step) => sum + step.removed, 0));
    }),
  );
});

import { expect, test } from 'vitest';
import { countAlarms } from '../../../bench/drift/false-alarms.js';

// the full study is bench/drift.ts; its table is in docs/drift.md
test.each([100, 1_000])('days of %s rows from the reference’s own distribution are rarely called drift', (rows) => {
  // the shares of the full study are 2 % and 0 %: of 60 days, more than 5 are less likely than one in a thousand
  expect(countAlarms(rows, 60).drift).toBeLessThanOrEqual(5 / 60);
});

test('sizes that moved by half a standard deviation are found on every day of 1,000 rows', () => {
  expect(countAlarms(1_000, 20, 0.5).drift).toBe(1);
});

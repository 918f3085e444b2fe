import { expect, test } from 'vitest';
import type { DriftStatus } from '../../../core/drift/drift-report.js';
import { needsRetraining } from '../../../core/drift/retraining-rule.js';

const on = (day: string, status: DriftStatus = 'drift', severe = false) => ({ day, status, severe });

test.each([
  ['no reports', [], false],
  ['one day of drift', [on('2026-03-01')], false],
  ['drift on two of three days', [on('2026-03-01'), on('2026-02-27')], true],
  ['two days of drift, one of them three days ago', [on('2026-03-01'), on('2026-02-26')], false],
  ['several reports of one day', [on('2026-03-01'), on('2026-03-01')], false],
  ['a warning beside a day of drift', [on('2026-03-01'), on('2026-02-28', 'warn')], false],
  ['too little data beside a day of drift', [on('2026-03-01'), on('2026-02-28', 'insufficient_data')], false],
  ['one severe day', [on('2026-03-01', 'drift', true)], true],
  ['a severe day yesterday that already had its training', [on('2026-02-28', 'drift', true)], false],
  ['a day in the future', [on('2026-03-01'), on('2026-03-02')], false],
])('%s', (_, reports, retrain) => {
  expect(needsRetraining(reports, '2026-03-01').retrain).toBe(retrain);
});

test('says which days', () => {
  expect(needsRetraining([on('2026-03-01'), on('2026-02-28')], '2026-03-01').reason).toBe(
    'drift on 2026-02-28 and 2026-03-01',
  );
  expect(needsRetraining([on('2026-02-28')], '2026-03-01').reason).toBe(
    'drift only on 2026-02-28 in the last 3 days; 2 days are needed',
  );
});

import { expect, test } from 'vitest';
import { eventKey } from '../../../core/notifications/event-key.js';
import type { LoopEvent } from '../../../core/notifications/loop-event.js';

const event: LoopEvent = {
  kind: 'drift',
  project: 'home-prices',
  subject: 'BO1',
  summary: 'Areas moved.',
  details: { rows: 120, score: 0.4 },
};
const morning = '2026-01-02T06:00:00.000Z';
const evening = '2026-01-02T18:00:00.000Z';

test('an event told twice has one key, whatever the order of its figures', () => {
  expect(eventKey({ ...event, details: { score: 0.4, rows: 120 } }, evening)).toBe(eventKey(event, morning));
});

test.each<Partial<LoopEvent>>([
  { kind: 'training_failed' },
  { project: 'iris' },
  { subject: 'BO2' },
  { summary: 'Prices moved.' },
  { details: { rows: 121, score: 0.4 } },
])('another event has another key: %j', (change) => {
  expect(eventKey({ ...event, ...change }, morning)).not.toBe(eventKey(event, morning));
});

test('a reminder is another message each time', () => {
  const reminder: LoopEvent = { ...event, kind: 'approval_reminder' };
  expect(eventKey(reminder, morning)).not.toBe(eventKey(reminder, evening));
  expect(eventKey(reminder, morning)).toBe(eventKey(reminder, morning));
});

test('a key is safe in an id, however the subject is written', () => {
  expect(eventKey({ ...event, subject: `a b/\n${'x'.repeat(500)}` }, morning)).toMatch(
    /^drift-[\w.-]{60}-[0-9a-f]{8}$/,
  );
});

import { expect, test } from 'vitest';
import { ConflictError } from '../../../core/errors.js';
import { checkAnswer } from '../../../core/experiment/approval.js';

const expiresAt = new Date('2026-03-05T12:00:00Z');
const pending = { id: 7, state: 'pending', requestedBy: 'asha', expiresAt } as const;
const before = new Date('2026-03-05T11:59:59Z');
const notByRequester = { notByRequester: true };

test('somebody else may approve until the time is up', () => {
  expect(() => checkAnswer(pending, { answer: 'approved', by: 'ben' }, notByRequester, before)).not.toThrow();
  expect(() => checkAnswer(pending, { answer: 'approved', by: 'ben' }, notByRequester, expiresAt)).toThrow(
    /had to be answered by 2026-03-05T12:00:00.000Z/,
  );
});

test('who asked may not approve, but may take it back; where the project allows it they may approve', () => {
  const own = { answer: 'approved', by: 'asha' } as const;
  expect(() => checkAnswer(pending, own, notByRequester, before)).toThrow(/somebody else must approve/);
  expect(() => checkAnswer(pending, { answer: 'rejected', by: 'asha' }, notByRequester, before)).not.toThrow();
  expect(() => checkAnswer(pending, own, { notByRequester: false }, before)).not.toThrow();
});

test.each(['approved', 'rejected', 'lapsed', 'withdrawn'] as const)('what is %s is not answered again', (state) => {
  const answer = () => checkAnswer({ ...pending, state }, { answer: 'approved', by: 'ben' }, notByRequester, before);
  expect(answer).toThrow(ConflictError);
  expect(answer).toThrow(`approval 7 is ${state} already`);
});

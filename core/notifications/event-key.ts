import { murmurHash2 } from '../experiment/murmur-hash2.js';
import type { LoopEvent } from './loop-event.js';

/**
 * Tells the events of one workflow run apart: an event that is told twice has one key. A reminder repeats itself on
 * purpose, so its time is part of its key.
 *
 * @param at ISO 8601, when it happened
 */
export function eventKey({ kind, project, subject, summary, details = {} }: LoopEvent, at: string): string {
  const figures = Object.entries(details).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const time = kind === 'approval_reminder' ? at : null;
  const text = JSON.stringify([project, subject, summary, figures, time]);
  const hash = murmurHash2(new TextEncoder().encode(text)).toString(16).padStart(8, '0');
  return `${kind}-${subject.replaceAll(/[^\w.-]+/g, '-').slice(0, 60)}-${hash}`;
}

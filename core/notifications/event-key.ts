import { murmurHash2 } from '../experiment/murmur-hash2.js';
import type { LoopEvent } from './loop-event.js';

/**
 * Tells the events of one workflow run apart: an event that is told twice has one key. Another sentence or other figures
 * make another event, so a reminder that says how long it has been waiting is sent each time.
 */
export function eventKey({ kind, project, subject, summary, details = {} }: LoopEvent): string {
  const figures = Object.entries(details).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const text = JSON.stringify([project, subject, summary, figures]);
  const hash = murmurHash2(new TextEncoder().encode(text)).toString(16).padStart(8, '0');
  return `${kind}-${subject.replaceAll(/[^\w.-]+/g, '-').slice(0, 60)}-${hash}`;
}

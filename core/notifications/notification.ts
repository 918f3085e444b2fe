import type { LoopEvent, LoopEventKind } from './loop-event.js';

export type NotificationKind = LoopEventKind | 'test';

/** A message to people. The same `id` is the same message, however often it is sent. */
export interface Notification {
  readonly id: string;
  readonly kind: NotificationKind;
  readonly project: string;
  /** One line. */
  readonly title: string;
  /** Plain text; line breaks are kept. */
  readonly text: string;
  /** ISO 8601. */
  readonly at: string;
  /** Where to look or to act. */
  readonly link?: string;
  /** A few figures by name. */
  readonly fields?: Readonly<Record<string, string | number>>;
}

const TITLES: Readonly<Record<LoopEventKind, string>> = {
  promoted: 'promoted',
  rolled_back: 'rolled back',
  training_failed: 'training failed',
  drift: 'drift',
  approval_wanted: 'approval wanted',
  approval_reminder: 'approval still wanted',
  approval_decided: 'approval decided',
  emergency_stop: 'emergency stop',
  experiment_ended: 'experiment ended',
};

/**
 * What people read of an event.
 *
 * @param id one id for one event: receivers drop what they have seen
 * @param at ISO 8601, when it happened
 */
export function notificationOf(event: LoopEvent, id: string, at: string): Notification {
  const { kind, project, subject, summary, details } = event;
  const message = { id, kind, project, title: `${subject}: ${TITLES[kind]}`, text: summary, at };
  return details && Object.keys(details).length > 0 ? { ...message, fields: details } : message;
}

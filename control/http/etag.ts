import { createHash } from 'node:crypto';
import { HttpProblem } from '../../adapters/http/problem.js';

/** Which part of an answer people set; the rest changes by itself. */
export type SettingsOf = (answer: never) => unknown;

const digest = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 27);

/**
 * A strong entity tag of a JSON answer. Where only part of it is what people set, the tag of that part stands in front,
 * so that If-Match can hold on to it while the rest changes.
 *
 * @param body the answer as text
 */
export function etagOf(answer: unknown, body: string, settingsOf?: SettingsOf): string {
  const whole = digest(body);
  return settingsOf ? `"${digest(JSON.stringify(settingsOf(answer as never)))}.${whole}"` : `"${whole}"`;
}

/** What stands for a person's settings in an entity tag. */
const settingsPart = (tag: string) => tag.replace(/\..*/, '').replaceAll('"', '');

const tagsOf = (header: string) => header.split(',').map((tag) => tag.trim().replace(/^W\//, ''));

/** Whether an If-None-Match names this entity tag. */
export function names(header: string, etag: string): boolean {
  return header.trim() === '*' || tagsOf(header).includes(etag);
}

/**
 * @param settingsOf what counts of it; default: all
 * @throws {HttpProblem} 412 when the caller looked at something that has changed since
 */
export function checkIfMatch(header: string | undefined, current: unknown, settingsOf?: SettingsOf): void {
  if (header === undefined || header.trim() === '*') return;
  const etag = etagOf(current, JSON.stringify(current), settingsOf);
  if (tagsOf(header).some((tag) => settingsPart(tag) === settingsPart(etag))) return;
  throw new HttpProblem({
    status: 412,
    code: 'PRECONDITION_FAILED',
    message: `this has changed since you looked: its ETag is ${etag} now`,
    headers: { ETag: etag },
  });
}

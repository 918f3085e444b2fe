import { createHmac, timingSafeEqual } from 'node:crypto';

/** `v1=` and the HMAC-SHA256, hexadecimal, of `timestamp.body`. The timestamp is in Unix seconds. */
export function sign(secret: string, timestamp: number, body: string): string {
  return `v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
}

export interface SignedMessage {
  readonly secret: string;
  readonly body: string;
  /** Header X-Incumbent-Timestamp. */
  readonly timestamp: string;
  /** Header X-Incumbent-Signature. */
  readonly signature: string;
  readonly now: Date;
  /** Older or newer than this is refused: a message that was overheard cannot be sent again later. Default 300. */
  readonly toleranceSeconds?: number;
}

/** What a receiver checks before it believes a message. */
export function isSigned({ secret, body, timestamp, signature, now, toleranceSeconds = 300 }: SignedMessage): boolean {
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > toleranceSeconds) return false;
  const expected = Buffer.from(sign(secret, Number(timestamp), body));
  const given = Buffer.from(signature);
  return expected.length === given.length && timingSafeEqual(expected, given);
}

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 bits nobody can guess, as text for headers and cookies. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored in its place. A secret of 256 random bits needs no slow hash. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** Compares without telling by its time how much was right. */
export function sameHash(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

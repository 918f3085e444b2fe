import { InvalidInputError } from '../errors.js';
import { murmurHash2 } from './murmur-hash2.js';

/** One line of a split: this share of users goes to this variant. */
export interface SplitPart<V extends string = string> {
  readonly variant: V;
  /** 0..100, at most two decimals (nginx counts in hundredths of a percent). */
  readonly percent: number;
}

const encoder = new TextEncoder();

/** @throws {InvalidInputError} unless 0..100 with at most two decimals */
function hundredths(percent: number): number {
  const value = Math.round(percent * 100);
  if (!(percent >= 0 && percent <= 100) || Math.abs(value - percent * 100) > 1e-6) {
    throw new InvalidInputError(`a share of traffic must be 0..100 percent with at most two decimals, got ${percent}`);
  }
  return value;
}

/**
 * Variant of a user under nginx's `split_clients "${salt}${userKey}" { a%  first; b%  second; … *  rest; }`, bit for bit:
 * the hash against running bounds, each share floored to 32 bits on its own. The same user always gets the same variant;
 * another salt deals the users anew.
 *
 * @param parts in the order of the configuration; a part of 0 percent takes nobody
 * @param rest who gets everybody else (`*`)
 * @throws {InvalidInputError} if a share is outside 0..100, finer than 0.01, or the shares add up to more than 100
 * @see nginx src/http/modules/ngx_http_split_clients_module.c
 */
export function assignAmong<V extends string>(
  salt: string,
  userKey: string,
  parts: readonly SplitPart<V>[],
  rest: V,
): V {
  const shares = parts.map((part) => hundredths(part.percent));
  const total = shares.reduce((sum, share) => sum + share, 0);
  if (total > 10_000) throw new InvalidInputError(`shares must add up to at most 100 percent, got ${total / 100}`);
  const hash = murmurHash2(encoder.encode(salt + userKey));
  let bound = 0;
  for (const [i, part] of parts.entries()) {
    bound += Math.floor((shares[i]! * 0xffffffff) / 10_000);
    if (hash < bound) return part.variant;
  }
  return rest;
}

/**
 * Whether a user sees the candidate or production.
 *
 * @param salt what makes this split its own, the experiment's id
 * @param candidateWeightPercent 0..100, at most two decimals
 */
export function assignVariant(
  salt: string,
  userKey: string,
  candidateWeightPercent: number,
): 'production' | 'candidate' {
  return assignAmong(salt, userKey, [{ variant: 'candidate', percent: candidateWeightPercent }], 'production');
}

import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(scrypt) as (
  password: string,
  salt: Buffer,
  length: number,
  options: ScryptOptions,
) => Promise<Buffer>;

/** 64 MB and about 0.2 s a guess. @see https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html */
const COST = { N: 2 ** 16, r: 8, p: 1 };
const LENGTH = 32;

const memory = ({ N, r }: { N: number; r: number }) => 256 * N * r;
const normal = (password: string) => password.normalize('NFKC');

/** @returns `scrypt$N$r$p$salt$hash`: the cost may grow later without making older hashes useless */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(normal(password), salt, LENGTH, { ...COST, maxmem: memory(COST) });
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** Takes as long for a wrong password as for the right one. A hash that is none matches nothing. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [scheme, N, r, p, salt, hash] = stored.split('$');
  if (scheme !== 'scrypt' || !salt || !hash) return false;
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const expected = Buffer.from(hash, 'base64url');
  const got = await derive(normal(password), Buffer.from(salt, 'base64url'), expected.length, {
    ...cost,
    maxmem: memory(cost),
  });
  return timingSafeEqual(got, expected);
}

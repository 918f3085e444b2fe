import { HttpProblem } from '../../adapters/http/problem.js';

const MAX_DEPTH = 20;
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

function refuse(message: string): never {
  throw new HttpProblem({ status: 422, code: 'INVALID_INPUT', message });
}

/** @throws {HttpProblem} for text that cannot be stored: a null character or half a surrogate pair */
export function checkText(text: string, where: string): void {
  if (text.includes('\0')) refuse(`${where} has a null character (U+0000)`);
  if (/\p{Surrogate}/u.test(text)) refuse(`${where} is not well-formed Unicode`);
}

/**
 * Refuses what no schema should have to think about: nesting beyond reason, keys that reach for an object's prototype,
 * text that Postgres cannot store.
 *
 * @throws {HttpProblem} 422
 */
export function checkJson(value: unknown, where = 'the body', depth = 0): void {
  if (typeof value === 'string') checkText(value, where);
  if (typeof value !== 'object' || value === null) return;
  if (depth >= MAX_DEPTH) refuse(`${where} is nested deeper than ${MAX_DEPTH} levels`);
  for (const key of Object.keys(value)) {
    if (FORBIDDEN_KEYS.has(key)) refuse(`${where} has a field named ${key}, which is not allowed`);
    checkText(key, 'a field name');
    checkJson((value as Record<string, unknown>)[key], `${where}, ${key.slice(0, 40)}`, depth + 1);
  }
}

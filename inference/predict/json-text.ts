import type { Row } from '../../core/dataset/row.js';

/** JSON that PostgreSQL's jsonb refuses: U+0000, and surrogates without their other half. */
const suspicious = /\\u(?:0000|d[89a-f])/i;

/** Text without the characters that cannot be stored. */
export function storable(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd');
}

/** A row as JSON text that jsonb accepts. */
export function jsonText(row: Row): string {
  const text = JSON.stringify(row);
  if (!suspicious.test(text)) return text;
  return JSON.stringify(row, (_key, value) => (typeof value === 'string' ? storable(value) : value));
}

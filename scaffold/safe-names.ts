import { SOURCE_COLUMN } from '../core/dataset/feedback-rows.js';

/** Names that mean something else where rows are kept. */
const RESERVED = new Set([SOURCE_COLUMN, 'constructor', 'prototype', 'proto']);

function slug(header: string, position: number): string {
  const plain = header.replaceAll('ß', 'ss').normalize('NFKD').replace(/\p{M}/gu, '');
  const words = plain.replace(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase();
  const name = words
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 60);
  if (name === '') return `column_${position + 1}`;
  return /^\d/.test(name) || RESERVED.has(name) ? `column_${name}` : name;
}

/** A name of lower case letters, digits and _ for each header, no two alike. */
export function safeNames(headers: readonly string[]): string[] {
  const taken = new Set<string>();
  return headers.map((header, i) => {
    const wanted = slug(header, i);
    let name = wanted;
    for (let n = 2; taken.has(name); n++) name = `${wanted}_${n}`;
    taken.add(name);
    return name;
  });
}

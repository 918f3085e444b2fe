const WORDS = new Set([
  'and',
  'or',
  'unless',
  'bool',
  'offset',
  'on',
  'ignoring',
  'by',
  'without',
  'group_left',
  'group_right',
]);

/** Names of the series that a PromQL query reads, in the order in which they occur. */
export function namesIn(query: string): string[] {
  const bare = query
    .replaceAll(/"[^"]*"/g, '')
    .replaceAll(/\{[^}]*\}/g, '')
    .replaceAll(/\[[^\]]*\]/g, '')
    .replaceAll(/\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g, ' ')
    .replaceAll(/\boffset\s+\w+/g, ' ');
  const names = bare.matchAll(/(?<![\w:.])[a-zA-Z_][\w:]*(?!\s*\()(?![\w:])/g);
  return [...names].map(([name]) => name).filter((name) => !WORDS.has(name));
}

/** Characters that would move the cursor or colour the terminal: what others wrote is shown, never obeyed. */
const CONTROL = /\p{Cc}/gu;

/** One value for a person: short numbers, a dash for nothing. */
export function shown(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–';
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(5)));
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'object') return JSON.stringify(value).replace(CONTROL, ' ');
  return String(value).replace(CONTROL, ' ');
}

/** `2026-05-01T12:00:00.000Z` → `2026-05-01 12:00:00`, UTC. */
export function time(instant: string | null | undefined): string {
  return instant ? instant.slice(0, 19).replace('T', ' ') : '–';
}

/** Rows under their headings; numbers stand on the right. */
export function table(headings: readonly string[], rows: readonly (readonly unknown[])[]): string {
  if (rows.length === 0) return '(none)';
  const cells = rows.map((row) => row.map(shown));
  const widths = headings.map((heading, i) => Math.max(heading.length, ...cells.map((row) => row[i]!.length)));
  const right = headings.map((_, i) => rows.every((row) => typeof row[i] === 'number' || row[i] === null));
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => (right[i] ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
      .join('  ')
      .trimEnd();
  return [line(headings), line(widths.map((width) => '─'.repeat(width))), ...cells.map(line)].join('\n');
}

/** Names and values, one a line. */
export function facts(pairs: readonly (readonly [string, unknown])[]): string {
  const width = Math.max(...pairs.map(([name]) => name.length));
  return pairs.map(([name, value]) => `${name.padEnd(width)}  ${shown(value)}`).join('\n');
}

/** Texts (or null) as a Postgres array literal, so that many rows travel as one parameter. */
export function textArray(values: readonly (string | null)[]): string {
  let literal = '{';
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (i > 0) literal += ',';
    if (value === null || value === undefined) literal += 'NULL';
    else literal += `"${/["\\]/.test(value) ? value.replace(/["\\]/g, '\\$&') : value}"`;
  }
  return `${literal}}`;
}

/** Finite numbers, booleans (or null) as a Postgres array literal. */
export function plainArray(values: readonly (number | boolean | null)[]): string {
  let literal = '{';
  for (let i = 0; i < values.length; i++) literal += `${i > 0 ? ',' : ''}${values[i] ?? 'NULL'}`;
  return `${literal}}`;
}

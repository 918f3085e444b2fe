import { InvalidInputError } from '../../core/errors.js';

/** A string as nginx reads it. Variables in it stay variables. */
export function quoted(value: string): string {
  if (/[\0\r\n]/.test(value)) throw new InvalidInputError('a line break cannot be written into an nginx configuration');
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/** `name value;` lines, or nothing. */
export function directives(name: string, values: readonly string[]): string[] {
  return values.map((value) => `${name} ${value};`);
}

/** Lines of a `map` block. */
export function mapLines(fallback: string, entries: readonly (readonly [string | number, string])[]): string[] {
  return [`default ${quoted(fallback)};`, ...entries.map(([key, value]) => `${key} ${quoted(value)};`)];
}

/** Lines of a `split_clients` block: `percent` for one value, `*` for the rest; nginx refuses 0 %. */
export function splitLines(percent: number, value: string, rest: string): string[] {
  return [...(percent > 0 ? [`${percent.toFixed(2)}% ${value};`] : []), `* ${rest};`];
}

/**
 * Fills `${name}` placeholders. A value of several lines keeps the indentation of its placeholder, and a placeholder
 * alone on its line takes the line away when it has nothing to say.
 *
 * @throws {InvalidInputError} on a placeholder without a value
 */
export function fillTemplate(template: string, values: Readonly<Record<string, string | number | string[]>>): string {
  const value = (name: string): string | number | string[] => {
    const found = values[name];
    if (found === undefined) throw new InvalidInputError(`the nginx template has an unknown placeholder \${${name}}`);
    return found;
  };
  return template
    .replace(/^([ \t]*)\$\{([a-z_]+)\}\n/gm, (_, indent: string, name: string) => {
      const lines = value(name);
      return (Array.isArray(lines) ? lines : [String(lines)]).map((line) => `${indent}${line}\n`).join('');
    })
    .replace(/\$\{([a-z_]+)\}/g, (_, name: string) => {
      const one = value(name);
      return Array.isArray(one) ? one.join(' ') : String(one);
    });
}

import { z } from 'zod';
import { categoryKey } from '../core/dataset/category-key.js';

/** How a value is quoted in a message: short, and told apart from text that looks like it. */
function shown(value: unknown): string {
  if (typeof value === 'string') return value.length > 60 ? `'${value.slice(0, 60)}…'` : `'${value}'`;
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  return String(value);
}

const complaint = (name: string, allowed: string) => (issue: { readonly input?: unknown }) =>
  issue.input === undefined || issue.input === null || issue.input === ''
    ? `${name} is missing: it must be ${allowed}`
    : `${name} must be ${allowed}, got ${shown(issue.input)}`;

/** Form fields arrive as text: a text that is a plain decimal number is that number, an empty one is missing. */
function fromForm(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const text = value.trim();
  if (text === '') return undefined;
  return /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : value;
}

const blankToNull = (value: unknown) => (value === undefined || value === '' ? null : value);

export interface NumberLimits {
  readonly min: number;
  /** The minimum itself is not allowed. */
  readonly above?: boolean;
  readonly max: number;
  readonly integer?: boolean;
}

function bounded(name: string, { min, above = false, max, integer = false }: NumberLimits) {
  const kind = integer ? 'a whole number' : 'a number';
  const error = complaint(name, above ? `${kind} above ${min} and at most ${max}` : `${kind} from ${min} to ${max}`);
  const base = integer ? z.int({ error, abort: true }) : z.number({ error });
  return (above ? base.gt(min, { error, abort: true }) : base.min(min, { error, abort: true })).max(max, { error });
}

/** A number given as JSON number or form text, within limits that the message names. */
export function numberField(name: string, limits: NumberLimits) {
  return z.preprocess(fromForm, bounded(name, limits));
}

/** As `numberField`, but null when missing or blank. */
export function optionalNumberField(name: string, limits: NumberLimits) {
  return z.preprocess((value) => blankToNull(fromForm(value)), bounded(name, limits).nullable()).default(null);
}

/** Text of 1 to `maxLength` characters once trimmed. */
export function textField(name: string, maxLength: number) {
  const error = complaint(name, `text of 1 to ${maxLength} characters`);
  return z.preprocess(
    (value) => (typeof value === 'string' ? value.trim() : value),
    z.string({ error }).min(1, { error, abort: true }).max(maxLength, { error }),
  );
}

/**
 * One of a few words, whatever their case and spacing; null when missing or blank.
 *
 * @param read text → the word it stands for, or undefined; by default only the choices themselves
 */
export function optionalChoiceField<const C extends string>(
  name: string,
  choices: readonly [C, ...C[]],
  read: (text: string) => C | undefined = (text) => choices.find((choice) => categoryKey(choice) === categoryKey(text)),
) {
  const error = complaint(name, `one of ${choices.map((choice) => `'${choice}'`).join(', ')}`);
  return z
    .preprocess(
      (value) => (typeof value === 'string' && value.trim() !== '' ? (read(value) ?? value) : blankToNull(value)),
      z.enum(choices, { error }).nullable(),
    )
    .default(null);
}

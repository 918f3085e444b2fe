import { z } from 'zod';
import type { Row } from '../../core/dataset/row.js';
import { numberField, optionalChoiceField, optionalNumberField, textField } from '../input-fields.js';
import type { TabularColumn } from './column.js';
import { readChoice, readDate } from './read-cell.js';

const shown = (value: unknown) => (typeof value === 'string' ? `'${value.slice(0, 60)}'` : JSON.stringify(value));

const complaint = (name: string, allowed: string) => (issue: { readonly input?: unknown }) =>
  issue.input === undefined || issue.input === null || issue.input === ''
    ? `${name} is missing: it must be ${allowed}`
    : `${name} must be ${allowed}, got ${Array.isArray(issue.input) ? 'a list' : shown(issue.input)}`;

function dateField(name: string, optional: boolean) {
  const error = complaint(name, 'a date such as 2024-03-31');
  const read = (value: unknown) =>
    typeof value === 'string' && value.trim() !== '' ? (readDate(value) ?? value) : value;
  const blank = (value: unknown) => (value === undefined || value === '' ? null : read(value));
  return optional
    ? z.preprocess(blank, z.number({ error }).nullable()).default(null)
    : z.preprocess((value) => (typeof value === 'number' ? String(value) : read(value)), z.number({ error }));
}

function choiceField(name: string, categories: readonly [string, ...string[]]) {
  const error = complaint(name, `one of ${categories.map((choice) => `'${choice}'`).join(', ')}`);
  const text = (value: unknown) => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : value);
  return z.preprocess(
    (value) => {
      const given = text(value);
      return typeof given === 'string' ? (readChoice(given, categories) ?? given) : given;
    },
    z.enum(categories, { error }),
  );
}

function optionalTextField(name: string) {
  return z
    .preprocess(
      (value) => (value === undefined || (typeof value === 'string' && value.trim() === '') ? null : value),
      textField(name, 200).nullable(),
    )
    .default(null);
}

function field(column: TabularColumn) {
  const { name, optional = false } = column;
  switch (column.kind) {
    case 'number':
      return optional ? optionalNumberField(name, column) : numberField(name, column);
    case 'category':
      return optional ? optionalChoiceField(name, column.categories) : choiceField(name, column.categories);
    case 'text':
      return optional ? optionalTextField(name) : textField(name, 200);
    case 'date':
      return dateField(name, optional);
  }
}

/** One prediction request of a table's columns, JSON or form; optional ones that are missing become null. */
export function tabularInput(columns: readonly TabularColumn[]): z.ZodType<Row> {
  return z.object(
    Object.fromEntries(columns.map((column) => [column.name, field(column)])),
  ) as unknown as z.ZodType<Row>;
}

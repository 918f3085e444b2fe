/**
 * One input of a table: where it is in the file, and what it may be.
 * number: a plain decimal number within the limits. category: one of a few words. text: one of many words, of which the
 * model keeps those that occur often enough. date: YYYY-MM-DD, with or without a time; a number of days for the model.
 */
export type TabularColumn = {
  /** Its name in requests, snapshots and models: lower case letters, digits and _. */
  readonly name: string;
  /** Its name in the file; default: `name`. */
  readonly header?: string;
  /** May be missing, in a request and in the file. */
  readonly optional?: boolean;
} & (
  | { readonly kind: 'number'; readonly min: number; readonly max: number; readonly integer?: boolean }
  | { readonly kind: 'category'; readonly categories: readonly [string, ...string[]] }
  | { readonly kind: 'text' }
  | { readonly kind: 'date' }
);

/** What is predicted: a number of a unit, or one of the classes (their order gives their numbers, from 0). */
export type TabularTarget = { readonly name: string; readonly header?: string } & (
  | { readonly kind: 'number'; readonly unit: string }
  | { readonly kind: 'class'; readonly classes: readonly string[] }
);

export const headerOf = ({ name, header }: { readonly name: string; readonly header?: string }) => header ?? name;

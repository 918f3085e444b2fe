import { type Command, InvalidArgumentError } from 'commander';

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

export interface ListOptions {
  readonly limit: number;
  readonly cursor?: string;
}

function limit(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 200)
    throw new InvalidArgumentError('a whole number from 1 to 200');
  return value;
}

/** What every list takes. */
export function addListOptions(command: Command): Command {
  return command
    .option('--limit <number>', 'how many', limit, 20)
    .option('--cursor <text>', 'next_cursor of the page before, as --json shows it');
}

export const listFilter = ({ limit, cursor }: ListOptions) => ({ limit, cursor });

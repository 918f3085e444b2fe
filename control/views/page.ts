import { z } from 'zod';
import type { ListQuery, Page } from '../../adapters/postgres/lists/keyset-list.js';

const MAX_LIMIT = 200;

/** The query of every list: pages, order and time alike; `filters` are what this list can be filtered by. */
export function listQuery<F extends z.ZodRawShape>(filters: F) {
  return z.strictObject({
    limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(50).describe('Items on a page'),
    cursor: z.string().min(1).max(500).optional().describe('`next_cursor` of the page before'),
    sort: z
      .enum(['-created_at', 'created_at'])
      .default('-created_at')
      .describe('Newest first (-created_at) or oldest first'),
    from: z.iso.datetime({ offset: true }).optional().describe('Only what came at this time or later'),
    to: z.iso.datetime({ offset: true }).optional().describe('Only what came before this time'),
    ...filters,
  });
}

interface ParsedListQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly sort: '-created_at' | 'created_at';
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly [filter: string]: unknown;
}

/** The parsed query as the store reads it; what is no list parameter is a filter. */
export function toListQuery({ limit, cursor, sort, from, to, ...filters }: ParsedListQuery): ListQuery {
  return {
    limit,
    cursor,
    order: sort === 'created_at' ? 'oldest' : 'newest',
    from: from === undefined ? undefined : new Date(from),
    to: to === undefined ? undefined : new Date(to),
    filters: filters as NonNullable<ListQuery['filters']>,
  };
}

export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next_cursor: z.string().nullable() });
}

export function pageView<T, V>({ items, nextCursor }: Page<T>, view: (item: T) => V) {
  return { items: items.map(view), next_cursor: nextCursor };
}

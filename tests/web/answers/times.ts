export const HOUR_MS = 3_600_000;
const start = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - 48 * HOUR_MS;

/** The n-th hour of the two days that the answers tell of; the 48th is the present one. */
export const hour = (n: number) => new Date(start + n * HOUR_MS).toISOString();

/** A list that ends here. */
export const page = (items: readonly unknown[]) => ({ body: { items, next_cursor: null } });

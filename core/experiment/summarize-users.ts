import type { ExperimentSummary, RatingCounts, UserRow, UserTotals, VariantSummary } from './variant-summary.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const addCounts = (a: RatingCounts, b: RatingCounts): RatingCounts => [
  a[0] + b[0],
  a[1] + b[1],
  a[2] + b[2],
  a[3] + b[3],
  a[4] + b[4],
];

/**
 * Adds users up into what the policies read, in one pass.
 * A row with neither an answered request nor a rating (only failures) is no user of the comparison: its errors count, it does not.
 *
 * @param rows one per user, shape (U,)
 * @param latencyP95Ms of the variant's answered requests, when known
 */
export function summarizeVariant(rows: Iterable<UserTotals>, latencyP95Ms: number | null = null): VariantSummary {
  const sums = { users: 0, requests: 0, errors: 0, latencyMsSum: 0, latencyScoreSum: 0 };
  const rating = { ratings: 0, ratingSum: 0, ratingSquareSum: 0 };
  const moments: Mutable<VariantSummary['moments']> = {
    rr: 0,
    rm: 0,
    mm: 0,
    ll: 0,
    ln: 0,
    nn: 0,
    rl: 0,
    rn: 0,
    ml: 0,
    mn: 0,
  };
  let ratingCounts: RatingCounts | null = [0, 0, 0, 0, 0];
  for (const { requests: n, latencyScoreSum: l, ratings: m, ratingSum: r, ...row } of rows) {
    sums.users += n > 0 || m > 0 ? 1 : 0;
    sums.requests += n;
    sums.errors += row.errors;
    sums.latencyMsSum += row.latencyMsSum;
    sums.latencyScoreSum += l;
    rating.ratings += m;
    rating.ratingSum += r;
    rating.ratingSquareSum += row.ratingSquareSum;
    moments.rr += r * r;
    moments.rm += r * m;
    moments.mm += m * m;
    moments.ll += l * l;
    moments.ln += l * n;
    moments.nn += n * n;
    moments.rl += r * l;
    moments.rn += r * n;
    moments.ml += m * l;
    moments.mn += m * n;
    // one rated user without counts makes the histogram unknown: a partial one would mislead
    if (m > 0) ratingCounts = ratingCounts && row.ratingCounts ? addCounts(ratingCounts, row.ratingCounts) : null;
  }
  return { ...sums, ...rating, ratingCounts, latencyP95Ms, moments };
}

/** Adds the rows of a two-variant experiment up; rows may come in any order. */
export function summarizeUsers(
  rows: Iterable<UserRow>,
  latencyP95Ms: { readonly production?: number | null; readonly candidate?: number | null } = {},
): ExperimentSummary {
  const production: UserRow[] = [];
  const candidate: UserRow[] = [];
  for (const row of rows) (row.variant === 'candidate' ? candidate : production).push(row);
  const answered = (row: UserRow) => row.requests > 0;
  const productionKeys = new Set(production.filter(answered).map((row) => row.userKey));
  const inBoth = new Set(
    candidate.filter((row) => answered(row) && productionKeys.has(row.userKey)).map((row) => row.userKey),
  );
  return {
    production: summarizeVariant(production, latencyP95Ms.production ?? null),
    candidate: summarizeVariant(candidate, latencyP95Ms.candidate ?? null),
    usersInBoth: inBoth.size,
  };
}

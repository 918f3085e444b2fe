/** Ratings run from 1 to this. */
export const RATING_MAX = 5;

/** How many ratings of 1, 2, 3, 4 and 5, in this order. */
export type RatingCounts = readonly [number, number, number, number, number];

/**
 * What one user did in one variant of one experiment: the row that storage keeps up to date.
 * A failed request counts in `errors` only, an answered one in the others.
 */
export interface UserTotals {
  /** n_u: requests answered. */
  readonly requests: number;
  /** Σ latency of the answered requests, milliseconds. */
  readonly latencyMsSum: number;
  /** Σ max(0, (budget − ms) / budget) over the answered requests. */
  readonly latencyScoreSum: number;
  /** m_u: predictions rated (a second rating of one prediction replaces the first). */
  readonly ratings: number;
  readonly ratingSum: number;
  readonly ratingSquareSum: number;
  readonly errors: number;
  /** The user's ratings by value, where the caller has them. */
  readonly ratingCounts?: RatingCounts;
}

export interface UserRow extends UserTotals {
  readonly variant: 'production' | 'candidate';
  readonly userKey: string;
}

/**
 * Second moments over users, with r = ratingSum, m = ratings, l = latencyScoreSum, n = requests of one user.
 * `rm` is Σ r_u·m_u, and so on: what the variance of the score needs, addable in one pass over the rows.
 */
interface UserMoments {
  readonly rr: number;
  readonly rm: number;
  readonly mm: number;
  readonly ll: number;
  readonly ln: number;
  readonly nn: number;
  readonly rl: number;
  readonly rn: number;
  readonly ml: number;
  readonly mn: number;
}

/** All that the policies read of one variant since the experiment began. */
export interface VariantSummary {
  /** U: users with at least one answered request or rating. */
  readonly users: number;
  readonly requests: number;
  readonly errors: number;
  readonly latencyMsSum: number;
  readonly latencyScoreSum: number;
  readonly ratings: number;
  readonly ratingSum: number;
  /** Σ of the squares of the single ratings. */
  readonly ratingSquareSum: number;
  /** Null when not counted by value. */
  readonly ratingCounts: RatingCounts | null;
  /** 95th percentile of the answered requests' latency, milliseconds; null when unknown. */
  readonly latencyP95Ms: number | null;
  readonly moments: UserMoments;
}

export interface ExperimentSummary {
  readonly production: VariantSummary;
  readonly candidate: VariantSummary;
  /** Users with answered requests in both variants: they should not exist. */
  readonly usersInBoth: number;
}

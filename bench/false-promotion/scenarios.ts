/** One kind of week that is simulated many times. */
export interface Scenario {
  readonly name: string;
  /** Mean of the Poisson number of requests an hour, both variants together. */
  readonly requestsPerHour: number;
  /** Probability that a request is made by somebody who was there before; their ratings go together. */
  readonly returningRatio: number;
  /** The candidate's true score over production's, less 1. */
  readonly effect: number;
}

/** How people rate production: mean 3.61, standard deviation 1.15. */
export const RATING_SHARES = [0.06, 0.11, 0.24, 0.34, 0.25] as const;
/** Share of answers that are rated. */
export const RESPONSE_RATIO = 0.3;
export const CANDIDATE_PERCENT = 20;
/** Median and log standard deviation of the latency, the same for both models. */
export const LATENCY = { medianMs: 120, logDeviation: 0.5 } as const;
export const ERROR_RATIO = 0.002;
/** Correlation of two ratings by one user, before they are cut into 1..5. */
export const USER_CORRELATION = 0.5;
export const HOURS = 168;

const effects = [
  ['no better', 0],
  ['+6.4 %', 0.064],
  ['−7.6 %', -0.076],
] as const;

/** Every traffic × returning × effect. */
export const scenarios: readonly Scenario[] = effects.flatMap(([label, effect]) =>
  [25, 100].flatMap((requestsPerHour) =>
    [0, 0.4, 0.6].map((returningRatio) => ({
      name: `${label}, ${requestsPerHour} requests/h, ${returningRatio * 100} % returning`,
      requestsPerHour,
      returningRatio,
      effect,
    })),
  ),
);

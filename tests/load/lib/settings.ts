function number(name: string, fallback: number): number {
  const text = __ENV[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!(value >= 0)) throw new Error(`${name} is ${text}: a number from 0 is needed`);
  return value;
}

/** What `npm run load` passes on, with what holds when k6 is started by hand. */
export const settings = {
  router: __ENV.ROUTER_URL || 'http://127.0.0.1:7000',
  /** Predictions a second of an average day; the other scenarios are multiples of it. */
  rate: number('RATE', 50),
  /** 0.1 plays a scenario in a tenth of its time. */
  timeScale: number('TIME_SCALE', 1),
  /** Share of the users that the candidate is to get, 0..1. */
  candidateWeight: number('CANDIDATE_WEIGHT', 0.2),
  summaryFile: __ENV.SUMMARY_FILE,
};

/** @param seconds at a time scale of 1 */
export const seconds = (value: number): string => `${Math.max(1, Math.round(value * settings.timeScale))}s`;

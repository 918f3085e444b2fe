/** One crore = 100 lakh = 10,000,000. */
const LAKH_PER_CRORE = 100;
const RUPEES_PER_LAKH = 100_000;

const upToTwo = new Intl.NumberFormat('en-IN', { maximumFractionDigits: 2 });
const upToOne = new Intl.NumberFormat('en-IN', { maximumFractionDigits: 1 });
const whole = new Intl.NumberFormat('en-IN', { maximumFractionDigits: 0 });

/** A whole number with Indian digit groups: 12,34,567. */
export const formatCount = (value: number): string => whole.format(value);

/** At most two decimals, Indian digit groups. */
export const formatNumber = (value: number): string => upToTwo.format(value);

/**
 * An amount as it is said in India: ₹ 83.5 lakh, ₹ 1.24 crore.
 * @param lakh amount in lakh INR
 */
export function formatLakh(lakh: number): string {
  const sign = lakh < 0 ? '−' : '';
  const size = Math.abs(lakh);
  // 99.96 would be written as 100 lakh, which is said as 1 crore
  if (Math.round(size * 10) / 10 >= LAKH_PER_CRORE) return `${sign}₹ ${upToTwo.format(size / LAKH_PER_CRORE)} crore`;
  if (size > 0 && size < 1) return `${sign}₹ ${whole.format(size * RUPEES_PER_LAKH)}`;
  return `${sign}₹ ${upToOne.format(size)} lakh`;
}

/** Rupees with Indian digit groups: ₹ 6,958. */
export const formatRupees = (rupees: number): string => `₹ ${whole.format(rupees)}`;

/** @param lakh a price; @param squareFeet its area */
export function formatPerSquareFoot(lakh: number, squareFeet: number): string {
  return `${formatRupees((lakh * RUPEES_PER_LAKH) / squareFeet)} per sq ft`;
}

/** 0.8231 → 82.3 %. */
export const formatShare = (share: number): string => `${upToOne.format(share * 100)} %`;

/** Latency with the precision it deserves: 3.4 ms, 120 ms. */
export const formatMs = (ms: number): string => `${(ms < 10 ? upToOne : whole).format(ms)} ms`;

const dateTime = new Intl.DateTimeFormat('en-IN', { dateStyle: 'medium', timeStyle: 'short' });

/** @param value ISO time, or null */
export const formatTime = (value: string | number | null): string =>
  value === null ? 'never' : dateTime.format(new Date(value));

const relative = new Intl.RelativeTimeFormat('en-IN', { numeric: 'auto' });
const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** "3 hours ago", "in 20 minutes". */
export function formatAgo(value: string | number, now: number = Date.now()): string {
  const seconds = (new Date(value).getTime() - now) / 1000;
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit);
  }
  return Math.abs(seconds) < 10 ? 'just now' : relative.format(Math.trunc(seconds), 'second');
}

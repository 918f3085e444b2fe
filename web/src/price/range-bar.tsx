import type { Estimate } from '../api/prediction.js';
import { HelpLink } from '../help/help-link.js';
import { formatLakh, formatShare } from '../shared/format.js';

/** The range of an estimate on a line, and in words. */
export function RangeBar({ price, interval }: { price: number; interval: NonNullable<Estimate['interval']> }) {
  const { low, high, coverage } = interval;
  // some air on both sides, and a line even where both ends are the same
  const margin = Math.max((high - low) * 0.15, high * 0.01, Number.EPSILON);
  const at = (lakh: number) => `${(100 * (lakh - low + margin)) / (high - low + 2 * margin)}%`;
  return (
    <div className="range">
      <div className="range-track" aria-hidden="true">
        <span
          className="range-span"
          style={{ insetInlineStart: at(low), inlineSize: `calc(${at(high)} - ${at(low)})` }}
        />
        <span className="range-mark" style={{ insetInlineStart: at(Math.min(Math.max(price, low), high)) }} />
      </div>
      <p>
        The model’s trees put it between <strong>{formatLakh(low)}</strong> and <strong>{formatLakh(high)}</strong>.{' '}
        <span className="hint">
          The middle {formatShare(coverage)} of what they say one by one: how far they agree, not a promise.
        </span>{' '}
        <HelpLink topic="range" />
      </p>
    </div>
  );
}

import type { Estimate, Home } from '../api/prediction.js';
import { HelpLink } from '../help/help-link.js';
import { formatLakh } from '../shared/format.js';
import { rankContributions } from './explain-words.js';

interface ExplanationChartProps {
  readonly explanation: NonNullable<Estimate['explanation']>;
  readonly price: number;
  readonly home: Home;
}

const capitalised = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

/** Why the estimate is what it is: one bar per feature, with a sentence that says the same. */
export function ExplanationChart({ explanation, price, home }: ExplanationChartProps) {
  const ranked = rankContributions(explanation.contributions, home);
  // one scale for both directions; the zero line stands where it leaves each its room
  const most = Math.max(0, ...ranked.map(({ lakh }) => lakh));
  const least = Math.min(0, ...ranked.map(({ lakh }) => lakh));
  const percent = (lakh: number) => `${(100 * lakh) / Math.max(most - least, Number.EPSILON)}%`;
  const zero = percent(-least);
  return (
    <section className="explanation" aria-labelledby="why-heading">
      <h3 id="why-heading">
        Why this price <HelpLink topic="explanation" />
      </h3>
      <p>
        A home the model knows nothing about would be estimated at <strong>{formatLakh(explanation.base_value)}</strong>
        , the average of its training data. What you told moves it to <strong>{formatLakh(price)}</strong>:
      </p>
      <ul className="bars">
        {ranked.map(({ feature, words, lakh }) => (
          <li key={feature} data-sign={lakh < 0 ? 'less' : 'more'}>
            <span className="bar-name">{capitalised(words)}</span>
            <span className="bar-track" aria-hidden="true">
              <span className="bar-zero" style={{ insetInlineStart: zero }} />
              <span
                className="bar"
                style={{ insetInlineStart: percent(Math.min(lakh, 0) - least), inlineSize: percent(Math.abs(lakh)) }}
              />
            </span>
            <span className="bar-value">
              <span className="visually-hidden">{lakh < 0 ? 'takes away' : 'adds'}</span>
              <span aria-hidden="true">{lakh < 0 ? '−' : '+'}</span> {formatLakh(Math.abs(lakh))}
            </span>
          </li>
        ))}
      </ul>
      <p className="hint">
        Each bar is that fact’s share of the difference (its Shapley value): all bars and the average add up to the
        estimate.
      </p>
    </section>
  );
}

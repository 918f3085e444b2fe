import { formatNumber } from '../../shared/format.js';

/** What each input added to a prediction, the largest first, on one scale for both directions. */
export function ContributionBars({ contributions }: { contributions: Readonly<Record<string, number>> }) {
  const ranked = Object.entries(contributions).sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]));
  const most = Math.max(0, ...ranked.map(([, amount]) => amount));
  const least = Math.min(0, ...ranked.map(([, amount]) => amount));
  const percent = (amount: number) => `${(100 * amount) / Math.max(most - least, Number.EPSILON)}%`;
  return (
    <ul className="bars">
      {ranked.map(([name, amount]) => (
        <li key={name} data-sign={amount < 0 ? 'less' : 'more'}>
          <span className="bar-name">{name.replaceAll('_', ' ')}</span>
          <span className="bar-track" aria-hidden="true">
            <span className="bar-zero" style={{ insetInlineStart: percent(-least) }} />
            <span
              className="bar"
              style={{
                insetInlineStart: percent(Math.min(amount, 0) - least),
                inlineSize: percent(Math.abs(amount)),
              }}
            />
          </span>
          <span className="bar-value">
            {amount < 0 ? '−' : '+'} {formatNumber(Math.abs(amount))}
          </span>
        </li>
      ))}
    </ul>
  );
}

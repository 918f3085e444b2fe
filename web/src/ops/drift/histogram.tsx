import type { HistogramBin } from '../../api/drift.js';
import { formatNumber, formatShare } from '../../shared/format.js';

function label({ from, to, category }: HistogramBin): string {
  if (category !== null) return category;
  if (from === null && to === null) return 'all others';
  if (from === null) return `up to ${formatNumber(to ?? 0)}`;
  return to === null ? `above ${formatNumber(from)}` : `${formatNumber(from)} – ${formatNumber(to)}`;
}

/** One distribution in training and now, bin by bin. */
export function Histogram({ name, bins }: { name: string; bins: readonly HistogramBin[] }) {
  const most = Math.max(...bins.flatMap(({ reference, current }) => [reference, current]), Number.EPSILON);
  const width = (share: number) => `${(100 * share) / most}%`;
  return (
    <figure className="histogram" aria-label={`${name}: shares in training and now`}>
      <figcaption>{name}</figcaption>
      <ul>
        {bins.map((bin) => (
          <li key={label(bin)}>
            <span className="histogram-label">{label(bin)}</span>
            <span className="histogram-bars" aria-hidden="true">
              <span data-side="reference" style={{ inlineSize: width(bin.reference) }} />
              <span data-side="current" style={{ inlineSize: width(bin.current) }} />
            </span>
            <span className="histogram-values">
              <span>
                <span className="visually-hidden">in training</span> {formatShare(bin.reference)}
              </span>{' '}
              <span>
                <span className="visually-hidden">now</span> {formatShare(bin.current)}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </figure>
  );
}

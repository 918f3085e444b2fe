import { useCallback } from 'react';
import { findSimilarHomes, type Home } from '../api/prediction.js';
import { HelpLink } from '../help/help-link.js';
import { formatCount, formatLakh, formatPerSquareFoot } from '../shared/format.js';
import { useResource } from '../shared/use-resource.js';

const signed = (share: number): string => {
  const percent = Math.round(Math.abs(share) * 100);
  if (percent === 0) return 'the same as';
  return `${percent} % ${share > 0 ? 'above' : 'below'}`;
};

/** What homes like this one were offered for, so that an estimate can be judged. */
export function SimilarHomes({ home, price }: { home: Home; price: number }) {
  const load = useCallback((signal: AbortSignal) => findSimilarHomes(home, signal), [home]);
  const { data, error, reload } = useResource(load);
  return (
    <section className="card similar" aria-labelledby="similar-heading">
      <h2 id="similar-heading">
        Similar homes <HelpLink topic="similar-homes" />
      </h2>
      {error !== null && (
        <div className="notice" role="alert">
          <p>They cannot be shown now. {error.message}</p>
          <button type="button" onClick={reload}>
            Try again
          </button>
        </div>
      )}
      {data === null && error === null && <p className="hint">Looking for them …</p>}
      {data !== null && data.median === null && (
        <p>The training data has no home in {home.location}: the estimate leans on the rest of the city.</p>
      )}
      {data !== null && data.median !== null && (
        <>
          <p>
            The {formatCount(data.compared)} homes most like it in {home.location} were offered for{' '}
            <strong>{formatLakh(data.median)}</strong> in the middle
            {data.low !== null && data.high !== null && (
              <>
                , most of them between {formatLakh(data.low)} and {formatLakh(data.high)}
              </>
            )}
            . This estimate is {signed(price / data.median - 1)} the middle.
          </p>
          <ul>
            {data.items.map(({ total_sqft: area, bhk, bath, area_type: type, price: offered }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: homes have no name, and the list never changes its order
              <li key={i}>
                <span>
                  {formatCount(area)} sq ft · {bhk} BHK{bath === null ? '' : ` · ${bath} bath`}
                  <span className="hint">
                    {type === null ? '' : `${type} · `}
                    {formatPerSquareFoot(offered, area)}
                  </span>
                </span>
                <strong>{formatLakh(offered)}</strong>
              </li>
            ))}
          </ul>
          <p className="hint">
            The nearest of them, from {data.dataset.split('/').at(-1)}: what the model learned from.
          </p>
        </>
      )}
    </section>
  );
}

import type { Estimate, Home } from '../api/prediction.js';
import { HelpLink } from '../help/help-link.js';
import { formatCount, formatLakh, formatPerSquareFoot } from '../shared/format.js';
import { featureWords } from './explain-words.js';
import { ExplanationChart } from './explanation-chart.js';
import { RangeBar } from './range-bar.js';
import { ShareLink } from './share-link.js';

/** An estimate with its range, its reasons, and the service's warnings about the input. */
export function EstimateCard({ home, estimate }: { home: Home; estimate: Estimate }) {
  const { estimated_price: price, interval, explanation, warnings = [] } = estimate;
  const cautions = warnings.map((warning) => (typeof warning === 'string' ? warning : warning.message));
  return (
    <section className="card estimate" aria-labelledby="estimate-heading">
      <h2 id="estimate-heading">
        Estimated price <HelpLink topic="estimate" />
      </h2>
      <p className="price">{formatLakh(price)}</p>
      <p className="hint">
        {home.location} · {formatCount(home.total_sqft)} sq ft · {featureWords('bhk', home)} ·{' '}
        {formatPerSquareFoot(price, home.total_sqft)}
      </p>
      {cautions.length > 0 && (
        <ul className="warnings">
          {cautions.map((caution) => (
            <li key={caution}>{caution}</li>
          ))}
        </ul>
      )}
      {interval !== undefined && <RangeBar price={price} interval={interval} />}
      {explanation !== undefined && <ExplanationChart explanation={explanation} price={price} home={home} />}
      <footer>
        <ShareLink key={estimate.prediction_id} home={home} />
        <p className="hint">Estimate no. {formatCount(estimate.prediction_id)}. An estimate, not a valuation.</p>
      </footer>
    </section>
  );
}

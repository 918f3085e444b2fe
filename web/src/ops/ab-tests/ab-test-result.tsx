import type { AbTestView, AbTestResult as Result } from '../../api/ab-tests.js';
import { Verdicts } from '../experiment/verdicts.js';
import { Moment } from '../parts/moment.js';
import { VerdictBadge } from '../parts/verdict-badge.js';

/** What both policies say of each treatment, and what would come of it. */
export function AbTestResult({ test, result }: { test: AbTestView; result: Result }) {
  const { success_metric: metric } = test;
  const percents = new Map(test.treatments.map(({ name, percent }) => [name, percent]));
  return (
    <>
      <p>
        Read <Moment at={result.read_at} />.{' '}
        {test.ended_at === null && (result.would_end ?? 'The next hourly look would let it go on.')}
      </p>
      {result.treatments.map(({ treatment, verdict, reason, rule, evidence }) => (
        <section key={treatment} className="card" aria-label={`Treatment ${treatment}`}>
          <h2>
            {treatment} <span className="hint">{percents.get(treatment)} % of users</span>
          </h2>
          <p>
            <VerdictBadge verdict={verdict} /> {reason}
          </p>
          <Verdicts acting={test.rule.policy} said={{ rule, evidence }} metric={metric} />
        </section>
      ))}
    </>
  );
}

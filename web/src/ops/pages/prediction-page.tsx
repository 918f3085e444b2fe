import { controlPath } from '../../api/control.js';
import { feedbackWords, type PredictionDetail } from '../../api/predictions.js';
import { HelpLink } from '../../help/help-link.js';
import { formatMs, formatNumber } from '../../shared/format.js';
import { Link } from '../../shared/link.js';
import { Facts } from '../parts/facts.js';
import { FigureList } from '../parts/figure-list.js';
import { Moment } from '../parts/moment.js';
import { Page } from '../parts/page.js';
import { Empty, Loaded } from '../parts/states.js';
import { useControl } from '../parts/use-control.js';
import { useProject } from '../parts/use-project.js';
import { ContributionBars } from '../predictions/contribution-bars.js';

function Why({ found: { explanation, prediction } }: { found: PredictionDetail }) {
  if (explanation === null) {
    return <Empty>It cannot be explained: the files of its model are gone, or it predicts classes.</Empty>;
  }
  return (
    <>
      <p className="hint">
        From {formatNumber(explanation.base_value)}, the average in training, to {formatNumber(prediction)}.
      </p>
      <ContributionBars contributions={explanation.contributions} />
    </>
  );
}

/** One answer: what was asked, what was said of it, and why the model said it. */
export function PredictionPage({ id }: { id: string }) {
  const { project, href } = useProject();
  const resource = useControl<PredictionDetail>(controlPath(`predictions/${encodeURIComponent(id)}`, { project }));
  return (
    <Page title={`Prediction ${id}`} lead={<Link href={href('/ops/predictions')}>All predictions</Link>}>
      <Loaded what="The prediction" resource={resource}>
        {(found) => (
          <>
            <FigureList
              figures={[
                { name: 'Prediction', value: formatNumber(found.prediction), hint: found.unit },
                {
                  name: 'Model',
                  value: <Link href={href(`/ops/models/${found.model_version}`)}>{found.model_version}</Link>,
                  hint: found.shadow ? 'shadow: nobody was answered with it' : found.variant,
                },
                { name: 'When', value: <Moment at={found.created_at} /> },
                { name: 'Latency', value: formatMs(found.latency_ms) },
              ]}
            />
            <div className="side-by-side">
              <section className="card">
                <h2>
                  Why <HelpLink topic="explanation" />
                </h2>
                <Why found={found} />
              </section>
              <section className="card">
                <h2>What was asked</h2>
                <Facts facts={found.input} />
              </section>
              <section className="card">
                <h2>What was said</h2>
                {found.feedback.length === 0 && <Empty>Nothing yet.</Empty>}
                <ul className="said">
                  {found.feedback.map(({ type, value, created_at: at }) => (
                    <li key={type}>
                      <span>{feedbackWords(type, value)}</span>{' '}
                      <span className="hint">
                        <Moment at={at} />
                      </span>
                    </li>
                  ))}
                </ul>
              </section>
              <section className="card">
                <h2>Where it came from</h2>
                <Facts facts={{ user: found.user_id, requestId: found.request_id, experiment: found.experiment_id }} />
              </section>
            </div>
          </>
        )}
      </Loaded>
    </Page>
  );
}

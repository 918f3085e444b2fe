import { type AbTestView, type AbTestResult as Result, stopAbTest } from '../../api/ab-tests.js';
import { controlPath } from '../../api/control.js';
import { formatCount } from '../../shared/format.js';
import { Link } from '../../shared/link.js';
import { AbTestResult } from '../ab-tests/ab-test-result.js';
import type { Topic } from '../live/live-events.js';
import { ActionButton } from '../parts/action-button.js';
import { FigureList } from '../parts/figure-list.js';
import { Moment } from '../parts/moment.js';
import { Page } from '../parts/page.js';
import { StateBadge } from '../parts/state-badge.js';
import { Loaded } from '../parts/states.js';
import { useControl } from '../parts/use-control.js';
import { useProject } from '../parts/use-project.js';

const topics: readonly Topic[] = ['audit'];

/** One A/B test: where it stands and what both policies say now. */
export function AbTestPage({ id }: { id: string }) {
  const { href } = useProject();
  const path = `ab-tests/${encodeURIComponent(id)}`;
  const test = useControl<AbTestView>(controlPath(path), topics);
  const result = useControl<Result>(controlPath(`${path}/result`), topics);
  const running = test.data?.ended_at === null;
  return (
    <Page
      title={`A/B test ${id}`}
      lead={<Link href={href('/ops/ab-tests')}>All A/B tests</Link>}
      actions={
        running && (
          <div className="actions">
            <button type="button" disabled={result.loading} onClick={result.reload}>
              Look again
            </button>
            <ActionButton
              label="Stop …"
              title={`Stop ${test.data?.name}?`}
              consequence={<p>It ends without a winner: everybody sees {test.data?.control} again.</p>}
              confirm="Stop the test"
              done="Stopped."
              asksReason
              act={(reason) => stopAbTest(Number(id), reason)}
              onDone={test.reload}
            />
          </div>
        )
      }
    >
      <Loaded what="The test" resource={test}>
        {(found) => (
          <>
            <FigureList
              figures={[
                { name: 'Test', value: found.name, hint: `begun by ${found.created_by}` },
                { name: 'State', value: <StateBadge state={found.state} />, hint: found.reason ?? undefined },
                { name: 'Control', value: found.control },
                { name: 'Winner', value: found.winner ?? '–' },
                { name: 'Success is', value: found.success_metric.replaceAll('_', ' ') },
                {
                  name: 'Began',
                  value: <Moment at={found.started_at} />,
                  hint:
                    found.ended_at === null ? (
                      `at most ${found.rule.maxAgeDays} days`
                    ) : (
                      <>
                        ended <Moment at={found.ended_at} />
                      </>
                    ),
                },
                { name: 'Users expected', value: formatCount(found.expected_users), hint: 'by the decision' },
              ]}
            />
            <Loaded what="The result" resource={result}>
              {(read) => <AbTestResult test={found} result={read} />}
            </Loaded>
          </>
        )}
      </Loaded>
    </Page>
  );
}

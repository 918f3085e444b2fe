import { type AlertView, removeAlert, switchAlert } from '../../api/alerts.js';
import { formatNumber } from '../../shared/format.js';
import { ActionButton } from '../parts/action-button.js';
import { Moment } from '../parts/moment.js';
import { PagedTable } from '../parts/paged-table.js';
import { StateBadge } from '../parts/state-badge.js';
import type { Pages } from '../parts/use-pages.js';

function stateOf({ enabled, state }: AlertView): string {
  return enabled ? state : 'off';
}

/** What people are told about, and whether it holds now. */
export function AlertTable({ pages }: { pages: Pages<AlertView> }) {
  return (
    <PagedTable
      what="Alerts"
      pages={pages}
      rowKey={({ id }) => id}
      empty="No alert yet."
      columns={[
        { name: 'Alert', cell: ({ name }) => name },
        { name: 'State', cell: (alert) => <StateBadge state={stateOf(alert)} /> },
        {
          name: 'Fires when',
          wide: true,
          cell: ({ metric, comparison, threshold, window_minutes: minutes }) =>
            `${metric.replaceAll('_', ' ')} ${comparison} ${formatNumber(threshold)} over ${minutes} min`,
        },
        { name: 'Now', numeric: true, cell: ({ value }) => (value === null ? '–' : formatNumber(value)) },
        { name: 'Since', cell: ({ changed_at: at }) => <Moment at={at} never="–" dated /> },
        { name: 'Tells', cell: ({ webhook_url: host }) => host },
        { name: 'Error', cell: ({ last_error: error }) => error ?? '–' },
        {
          name: 'Change',
          cell: ({ id, name, enabled }) => (
            <div className="actions">
              <ActionButton
                label={enabled ? 'Turn off …' : 'Turn on …'}
                title={`Turn ${name} ${enabled ? 'off' : 'on'}?`}
                consequence={
                  <p>{enabled ? 'Nobody is told until it is turned on again.' : 'It is looked at again.'}</p>
                }
                confirm={enabled ? 'Turn off' : 'Turn on'}
                done="Done."
                act={() => switchAlert(id, !enabled)}
                onDone={pages.reload}
              />
              <ActionButton
                label="Remove …"
                title={`Remove ${name}?`}
                consequence={<p>The alert is gone for good; the audit log keeps that it was there.</p>}
                confirm="Remove"
                done="Removed."
                act={() => removeAlert(id)}
                onDone={pages.reload}
              />
            </div>
          ),
        },
      ]}
    />
  );
}

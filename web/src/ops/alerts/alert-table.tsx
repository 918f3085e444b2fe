import { type AlertView, changeAlert, removeAlert } from '../../api/alerts.js';
import { formatNumber } from '../../shared/format.js';
import { Moment } from '../parts/moment.js';
import { PagedTable } from '../parts/paged-table.js';
import { StateBadge } from '../parts/state-badge.js';
import type { Pages } from '../parts/use-pages.js';
import { AlertAction } from './alert-action.js';
import { SwitchActions } from './switch-actions.js';

function stateOf({ enabled, state }: AlertView): string {
  return enabled ? state : 'off';
}

/** What people are told about, and whether it holds now. */
export function AlertTable({ project, pages }: { project: string; pages: Pages<AlertView> }) {
  return (
    <PagedTable
      what="Alerts"
      pages={pages}
      rowKey={({ id }) => id}
      empty="No alert yet. One watches a number and tells the channels when it crosses its line."
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
          cell: (alert) => (
            <div className="actions">
              <AlertAction project={project} alert={alert} onDone={pages.reload} />
              <SwitchActions
                what="alert"
                name={alert.name}
                enabled={alert.enabled}
                onSwitch={(enabled) => changeAlert(alert.id, { enabled })}
                onRemove={() => removeAlert(alert.id)}
                onDone={pages.reload}
              />
            </div>
          ),
        },
      ]}
    />
  );
}

import { type ScheduleView, triggerSchedule } from '../../api/control.js';
import { ActionButton } from '../parts/action-button.js';
import { DataTable } from '../parts/data-table.js';
import { Moment } from '../parts/moment.js';
import { StateBadge } from '../parts/state-badge.js';
import { Empty } from '../parts/states.js';
import { TemporalLink } from '../parts/temporal-link.js';

const consequences: readonly [part: string, text: string][] = [
  [
    'train',
    'A new candidate is trained on the newest data and deployed when it passes the gates. This takes some minutes.',
  ],
  [
    'evaluate',
    'The running experiment is judged now. If the verdict says so, the candidate is promoted or rolled back.',
  ],
  ['drift', 'The latest predictions are compared with the training data now. Strong drift starts a training.'],
];

const consequence = (id: string) =>
  consequences.find(([part]) => id.includes(part))?.[1] ?? 'Its workflow starts now, beside its usual times.';

/** The schedules; with `onTriggered` each can be run at once. */
export function ScheduleTable({
  schedules,
  onTriggered,
}: {
  schedules: readonly ScheduleView[];
  onTriggered?: () => void;
}) {
  if (schedules.length === 0) return <Empty>No schedules. The worker makes them when it starts.</Empty>;
  const actions = {
    name: 'Run',
    cell: ({ id }: ScheduleView) => (
      <ActionButton
        label="Run now …"
        title={`Run ${id} now?`}
        consequence={<p>{consequence(id)}</p>}
        confirm="Run now"
        done="Started."
        act={() => triggerSchedule(id)}
        {...(onTriggered === undefined ? {} : { onDone: onTriggered })}
      />
    ),
  };
  return (
    <DataTable
      caption="Schedules"
      rows={schedules}
      rowKey={({ id }) => id}
      columns={[
        { name: 'Schedule', cell: ({ id }) => id },
        { name: 'Times', cell: ({ spec }) => <code>{spec}</code> },
        {
          name: 'Next run',
          cell: ({ next_run: next, paused }) =>
            paused ? <StateBadge state="paused" /> : <Moment at={next} never="none" />,
        },
        { name: 'Last run', cell: ({ last_run: last }) => <Moment at={last} /> },
        { name: 'Temporal', cell: ({ id }) => <TemporalLink kind="schedules" id={id} /> },
        ...(onTriggered === undefined ? [] : [actions]),
      ]}
    />
  );
}

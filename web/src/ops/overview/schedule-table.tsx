import { changeSchedule, type ScheduleView } from '../../api/control.js';
import { ActionButton } from '../parts/action-button.js';
import { DataTable } from '../parts/data-table.js';
import { Moment } from '../parts/moment.js';
import { StateBadge } from '../parts/state-badge.js';
import { Empty } from '../parts/states.js';
import { TemporalLink } from '../parts/temporal-link.js';

const consequences: Readonly<Record<NonNullable<ScheduleView['kind']>, string>> = {
  train: 'A candidate is trained on the newest data and deployed if it passes the gates. This takes some minutes.',
  evaluate: 'The running experiment is judged now. If the verdict says so, its candidate is promoted or rolled back.',
  drift: 'The latest predictions are compared with the training data now. Strong drift starts a training.',
};

function ScheduleActions({ schedule, onChanged }: { schedule: ScheduleView; onChanged: () => void }) {
  const { id, kind, paused } = schedule;
  return (
    <div className="actions">
      <ActionButton
        label="Run now …"
        title={`Run ${id} now?`}
        consequence={<p>{kind === undefined ? 'Its workflow starts now.' : consequences[kind]}</p>}
        confirm="Run now"
        done="Started."
        act={() => changeSchedule(id, 'trigger')}
        onDone={onChanged}
      />
      <ActionButton
        label={paused ? 'Resume …' : 'Pause …'}
        title={`${paused ? 'Resume' : 'Pause'} ${id}?`}
        consequence={
          <p>{paused ? 'It runs at its times again.' : 'It starts nothing until it is resumed. What runs goes on.'}</p>
        }
        confirm={paused ? 'Resume' : 'Pause'}
        done={paused ? 'Paused.' : 'Resumed.'}
        act={() => changeSchedule(id, paused ? 'resume' : 'pause')}
        onDone={onChanged}
      />
    </div>
  );
}

interface ScheduleTableProps {
  readonly schedules: readonly ScheduleView[];
  /** Given, each schedule can be run, paused and resumed. */
  readonly onChanged?: () => void;
}

/** What runs by the clock. */
export function ScheduleTable({ schedules, onChanged }: ScheduleTableProps) {
  if (schedules.length === 0) return <Empty>No schedules. The worker makes them when it starts.</Empty>;
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
        ...(onChanged === undefined
          ? []
          : [
              {
                name: 'Change',
                cell: (schedule: ScheduleView) => <ScheduleActions schedule={schedule} onChanged={onChanged} />,
              },
            ]),
      ]}
    />
  );
}

import { controlPath, type Page as ListPage, type ScheduleView } from '../../api/control.js';
import type { Topic } from '../live/live-events.js';
import { ScheduleTable } from '../overview/schedule-table.js';
import { Page } from '../parts/page.js';
import { Loaded } from '../parts/states.js';
import { useControl } from '../parts/use-control.js';
import { useProject } from '../parts/use-project.js';

/** What a schedule leaves behind when it ran, was paused or resumed. */
const topics: readonly Topic[] = ['decisions', 'drift', 'runs', 'audit'];

/** What runs by the clock. */
export function SchedulesPage() {
  const { project } = useProject();
  const schedules = useControl<ListPage<ScheduleView>>(controlPath('schedules', { project }), topics);
  return (
    <Page title="Schedules" lead="What Temporal runs by the clock. Times are UTC.">
      <Loaded what="The schedules" resource={schedules}>
        {({ items }) => (
          <section className="card">
            <ScheduleTable schedules={items} onChanged={schedules.reload} />
          </section>
        )}
      </Loaded>
    </Page>
  );
}

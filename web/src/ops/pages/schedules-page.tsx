import { controlPath, type Page as ListPage, type ScheduleView } from '../../api/control.js';
import { ScheduleTable } from '../overview/schedule-table.js';
import { Page } from '../parts/page.js';
import { Loaded } from '../parts/states.js';
import { useControl } from '../parts/use-control.js';
import { useProject } from '../parts/use-project.js';

const REFRESH_MS = 5000;

/** What runs by the clock. */
export function SchedulesPage() {
  const { project } = useProject();
  const schedules = useControl<ListPage<ScheduleView>>(controlPath('schedules', { project }), REFRESH_MS);
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

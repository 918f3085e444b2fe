import type { Client } from '@temporalio/client';
import type { Figure } from '../figures/figure.js';
import { scheduleId, scheduleKinds } from './reconcile-schedules.js';

const seconds = (date: Date | undefined) => (date ? date.getTime() / 1000 : null);

/** When the schedules of the projects ran last and will run next, and what they left out. */
export async function readScheduleFigures(client: Client, projects: readonly string[]): Promise<Figure[]> {
  const ids = projects.flatMap((project) => scheduleKinds.map((kind) => scheduleId(project, kind)));
  const described = await Promise.all(
    ids.map(async (schedule) => {
      const { info, state } = await client.schedule.getHandle(schedule).describe();
      const values = {
        scheduleLast: seconds(info.recentActions.at(-1)?.takenAt),
        scheduleNext: seconds(info.nextActionTimes[0]),
        schedulePaused: state.paused ? 1 : 0,
        scheduleMissed: info.numActionsMissedCatchupWindow,
        scheduleSkipped: info.numActionsSkippedOverlap,
      };
      return Object.entries(values).flatMap(([key, value]) =>
        value === null ? [] : [{ key, labels: { schedule }, value }],
      );
    }),
  );
  return described.flat();
}

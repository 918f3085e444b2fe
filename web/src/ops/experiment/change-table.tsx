import { controlPath } from '../../api/control.js';
import type { Topic } from '../live/live-events.js';
import { Moment } from '../parts/moment.js';
import { PagedTable } from '../parts/paged-table.js';
import { StateBadge } from '../parts/state-badge.js';
import { usePages } from '../parts/use-pages.js';

interface ChangeView {
  readonly id: number;
  readonly from_state: string;
  readonly to_state: string;
  readonly from_weight_percent: number;
  readonly to_weight_percent: number;
  readonly clock_restarted: boolean;
  readonly reason: string;
  readonly actor: string;
  readonly at: string;
}

const topics: readonly Topic[] = ['experiments'];

/** How an experiment came to its state and its shares. */
export function ChangeTable({ experimentId }: { experimentId: number }) {
  const pages = usePages<ChangeView>(controlPath(`experiments/${experimentId}/changes`, { limit: 50 }), 0, topics);
  return (
    <PagedTable
      what="Changes"
      pages={pages}
      rowKey={({ id }) => id}
      empty="Nothing has been changed since it was opened."
      columns={[
        { name: 'When', cell: ({ at }) => <Moment at={at} dated /> },
        { name: 'State', cell: ({ to_state: state }) => <StateBadge state={state} /> },
        {
          name: 'Share',
          numeric: true,
          cell: ({ from_weight_percent: from, to_weight_percent: to }) =>
            from === to ? `${to} %` : `${from} → ${to} %`,
        },
        { name: 'Clock', cell: ({ clock_restarted: anew }) => (anew ? 'began anew' : 'goes on') },
        { name: 'By', cell: ({ actor }) => actor },
        { name: 'Why', wide: true, cell: ({ reason }) => reason },
      ]}
    />
  );
}

import { type ChannelView, changeChannel, removeChannel } from '../../api/alerts.js';
import { PagedTable } from '../parts/paged-table.js';
import { StateBadge } from '../parts/state-badge.js';
import type { Pages } from '../parts/use-pages.js';
import { ChannelAction } from './channel-action.js';
import { SwitchActions } from './switch-actions.js';

/** Who hears of the loop, and of what. */
export function ChannelTable({ project, pages }: { project: string; pages: Pages<ChannelView> }) {
  return (
    <PagedTable
      what="Channels"
      pages={pages}
      rowKey={({ id }) => id}
      empty="No channel yet. Those that the environment names (NOTIFY_…) are told all the same."
      columns={[
        { name: 'Channel', cell: ({ name }) => name },
        { name: 'Kind', cell: ({ kind }) => kind },
        { name: 'To', cell: ({ target }) => target },
        {
          name: 'Events',
          wide: true,
          cell: ({ events }) => (events.length === 0 ? 'all' : events.join(', ').replaceAll('_', ' ')),
        },
        { name: 'State', cell: ({ enabled }) => <StateBadge state={enabled ? 'active' : 'off'} /> },
        {
          name: 'Change',
          cell: (channel) => (
            <div className="actions">
              <ChannelAction project={project} channel={channel} onDone={pages.reload} />
              <SwitchActions
                what="channel"
                name={channel.name}
                enabled={channel.enabled}
                onSwitch={(enabled) => changeChannel(channel.id, { enabled })}
                onRemove={() => removeChannel(channel.id)}
                onDone={pages.reload}
              />
            </div>
          ),
        },
      ]}
    />
  );
}

import { type ChannelView, type DeliveryView, sendTestMessage } from '../../api/alerts.js';
import { controlPath } from '../../api/control.js';
import type { Topic } from '../live/live-events.js';
import { ActionButton } from '../parts/action-button.js';
import { Moment } from '../parts/moment.js';
import { PagedTable } from '../parts/paged-table.js';
import { StateBadge } from '../parts/state-badge.js';
import { usePages } from '../parts/use-pages.js';
import { ChannelAction } from './channel-action.js';
import { ChannelTable } from './channel-table.js';

const topics: readonly Topic[] = ['alerts'];

/** Who hears of the loop, what was sent, and whether it arrived. */
export function Deliveries({ project }: { project: string }) {
  const channels = usePages<ChannelView>(controlPath('monitoring/channels', { project, limit: 50 }));
  const sent = usePages<DeliveryView>(controlPath('monitoring/alerts/deliveries', { project, limit: 50 }), 0, topics);
  return (
    <>
      <section className="card">
        <header className="card-heading">
          <h2>Channels</h2>
          <div className="actions">
            <ChannelAction project={project} onDone={channels.reload} />
            <ActionButton
              label="Send a test message …"
              title="Send a test message?"
              consequence={
                <p>Every channel of {project} and every receiver of the environment gets one message now.</p>
              }
              confirm="Send"
              done="Sent: see below what became of it."
              act={() => sendTestMessage(project)}
              onDone={sent.reload}
            />
          </div>
        </header>
        <ChannelTable project={project} pages={channels} />
      </section>
      <section className="card">
        <h2>Messages sent</h2>
        <PagedTable
          what="Messages"
          pages={sent}
          rowKey={({ id }) => id}
          empty="Nobody was told of anything yet. Promotions, roll backs, drift and alerts that fire are told on the channels."
          columns={[
            { name: 'When', cell: ({ created_at: at }) => <Moment at={at} dated /> },
            { name: 'Of', cell: ({ kind }) => kind.replaceAll('_', ' ') },
            { name: 'State', cell: ({ state }) => <StateBadge state={state} /> },
            { name: 'To', cell: ({ channel }) => channel },
            { name: 'Message', wide: true, cell: ({ title, text }) => (text === '' ? title : `${title}: ${text}`) },
            { name: 'Attempts', numeric: true, cell: ({ attempts }) => attempts },
            { name: 'Error', cell: ({ last_error: error }) => error ?? '–' },
          ]}
        />
      </section>
    </>
  );
}

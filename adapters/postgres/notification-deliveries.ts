import type { Pool } from 'pg';
import { NotFoundError } from '../../core/errors.js';
import type { Notification, NotificationKind } from '../../core/notifications/notification.js';
import type { KeysetList } from './lists/keyset-list.js';
import type { ChannelKind } from './notification-channels.js';

export const deliveryStates = ['pending', 'sent', 'failed'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** One message to one channel, and what became of it. */
export interface NotificationDelivery {
  readonly id: number;
  readonly eventId: string;
  readonly project: string;
  readonly kind: NotificationKind;
  /** Null for a receiver of the environment, and when the channel was removed. */
  readonly channelId: number | null;
  readonly channel: string;
  readonly channelKind: ChannelKind;
  readonly notification: Notification;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
}

interface DeliveryRow {
  id: number;
  event_id: string;
  project: string;
  kind: NotificationKind;
  channel_id: number | null;
  channel: string;
  channel_kind: ChannelKind;
  notification: Notification;
  state: DeliveryState;
  attempts: number;
  last_error: string | null;
  created_at: Date;
  sent_at: Date | null;
}

export const notificationDeliveryList: KeysetList<DeliveryRow, NotificationDelivery> = {
  table: 'notification_deliveries',
  time: 'created_at',
  key: { column: 'id', type: 'bigint' },
  filters: { project: 'project', state: 'state', kind: 'kind', channel: 'channel' },
  map: (row) => ({
    id: row.id,
    eventId: row.event_id,
    project: row.project,
    kind: row.kind,
    channelId: row.channel_id,
    channel: row.channel,
    channelKind: row.channel_kind,
    notification: row.notification,
    state: row.state,
    attempts: row.attempts,
    lastError: row.last_error,
    createdAt: row.created_at,
    sentAt: row.sent_at,
  }),
};

/** Where a message goes: a channel's row, or a receiver of the environment (without id). */
export interface DeliveryTarget {
  readonly channelId: number | null;
  readonly channel: string;
  readonly channelKind: ChannelKind;
}

/** The log of what was sent to whom. */
export function createNotificationDeliveries(pool: Pool) {
  return {
    /** One pending row for each target that has none for this message yet. @returns ids of all its rows */
    async plan(notification: Notification, targets: readonly DeliveryTarget[]): Promise<number[]> {
      const { id, project, kind } = notification;
      await pool.query(
        `insert into notification_deliveries (event_id, project, kind, notification, channel_id, channel, channel_kind)
         select $1, $2, $3, $4::jsonb, * from unnest($5::bigint[], $6::text[], $7::text[])
         on conflict (event_id, channel) do nothing`,
        [
          id,
          project,
          kind,
          JSON.stringify(notification),
          targets.map(({ channelId }) => channelId),
          targets.map(({ channel }) => channel),
          targets.map(({ channelKind }) => channelKind),
        ],
      );
      const { rows } = await pool.query<{ id: number }>(
        'select id from notification_deliveries where event_id = $1 order by id',
        [id],
      );
      return rows.map((row) => row.id);
    },

    /** @throws {NotFoundError} */
    async get(id: number): Promise<NotificationDelivery> {
      const { rows } = await pool.query<DeliveryRow>('select * from notification_deliveries where id = $1', [id]);
      if (!rows[0]) throw new NotFoundError(`there is no delivery ${id}`);
      return notificationDeliveryList.map(rows[0]);
    },

    async sent(id: number): Promise<void> {
      await pool.query(
        `update notification_deliveries
         set state = 'sent', attempts = attempts + 1, last_error = null, sent_at = now() where id = $1`,
        [id],
      );
    },

    /** An attempt that did not succeed; `final` when there will be no other. */
    async missed(id: number, reason: string, final: boolean): Promise<void> {
      await pool.query(
        `update notification_deliveries
         set state = case when $3 then 'failed' else 'pending' end, attempts = attempts + 1, last_error = $2
         where id = $1 and state <> 'sent'`,
        [id, reason, final],
      );
    },

    async giveUp(id: number, reason: string): Promise<void> {
      await pool.query(
        `update notification_deliveries set state = 'failed', last_error = coalesce(last_error, $2)
         where id = $1 and state = 'pending'`,
        [id, reason],
      );
    },
  };
}

import type { Pool } from 'pg';
import { ConflictError, NotFoundError } from '../../core/errors.js';
import type { LoopEventKind } from '../../core/notifications/loop-event.js';
import { isDuplicate } from './database-error.js';
import type { KeysetList } from './lists/keyset-list.js';

export const channelKinds = ['slack', 'email', 'webhook'] as const;
export type ChannelKind = (typeof channelKinds)[number];

export interface ChannelSettings {
  readonly name: string;
  readonly kind: ChannelKind;
  /** Address of a webhook, or mail addresses by commas. */
  readonly target: string;
  /** Signs the messages of a webhook. */
  readonly secret: string | null;
  /** Empty: every kind. */
  readonly events: readonly LoopEventKind[];
  readonly enabled: boolean;
}

export interface NotificationChannel extends ChannelSettings {
  readonly id: number;
  readonly project: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

interface ChannelRow extends Omit<NotificationChannel, 'createdAt' | 'updatedAt'> {
  created_at: Date;
  updated_at: Date;
}

export const channelList: KeysetList<ChannelRow, NotificationChannel> = {
  table: 'notification_channels',
  time: 'created_at',
  key: { column: 'id', type: 'bigint' },
  filters: { project: 'project', kind: 'kind' },
  map: ({ id, project, name, kind, target, secret, events, enabled, created_at, updated_at }) => ({
    id,
    project,
    name,
    kind,
    target,
    secret,
    events,
    enabled,
    createdAt: created_at,
    updatedAt: updated_at,
  }),
};

/** The receivers that people configured. */
export function createNotificationChannels(pool: Pool) {
  async function one(sql: string, values: unknown[], id: number | string): Promise<NotificationChannel> {
    try {
      const { rows } = await pool.query<ChannelRow>(sql, values);
      if (!rows[0]) throw new NotFoundError(`there is no channel ${id}`);
      return channelList.map(rows[0]);
    } catch (error) {
      if (isDuplicate(error)) throw new ConflictError('there is a channel of this name already', { cause: error });
      throw error;
    }
  }
  const settings = ({ name, kind, target, secret, events, enabled }: ChannelSettings) => [
    name,
    kind,
    target,
    secret,
    events,
    enabled,
  ];

  return {
    get: (id: number) => one('select * from notification_channels where id = $1', [id], id),
    create: (project: string, channel: ChannelSettings) =>
      one(
        `insert into notification_channels (project, name, kind, target, secret, events, enabled)
         values ($1, $2, $3, $4, $5, $6, $7) returning *`,
        [project, ...settings(channel)],
        channel.name,
      ),
    change: (id: number, channel: ChannelSettings) =>
      one(
        `update notification_channels set name = $2, kind = $3, target = $4, secret = $5, events = $6, enabled = $7,
           updated_at = now() where id = $1 returning *`,
        [id, ...settings(channel)],
        id,
      ),
    remove: (id: number) => one('delete from notification_channels where id = $1 returning *', [id], id),

    async enabled(project: string): Promise<NotificationChannel[]> {
      const { rows } = await pool.query<ChannelRow>(
        'select * from notification_channels where enabled and project = $1 order by id',
        [project],
      );
      return rows.map(channelList.map);
    },
  };
}

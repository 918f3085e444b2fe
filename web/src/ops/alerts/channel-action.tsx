import { useState } from 'react';
import {
  type ChannelKind,
  type ChannelView,
  changeChannel,
  channelKinds,
  createChannel,
  type LoopEvent,
  loopEvents,
} from '../../api/alerts.js';
import { ActionButton } from '../parts/action-button.js';
import { Choice, TextField } from '../parts/labelled.js';

interface Draft {
  readonly name: string;
  readonly kind: ChannelKind;
  readonly target: string;
  readonly secret: string;
  readonly events: readonly LoopEvent[];
}

const draftOf = (channel?: ChannelView): Draft => ({
  name: channel?.name ?? '',
  kind: channel?.kind ?? 'slack',
  // the whole address of a webhook is not told: it may be a secret
  target: channel?.kind === 'email' ? channel.target : '',
  secret: '',
  events: channel?.events ?? [],
});

interface ChannelActionProps {
  readonly project: string;
  /** The one that is changed; a new one is made without it. */
  readonly channel?: ChannelView;
  readonly onDone: () => void;
}

/** Makes or changes a channel: how, to whom, and which events. */
export function ChannelAction({ project, channel, onDone }: ChannelActionProps) {
  const [draft, setDraft] = useState(() => draftOf(channel));
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const { kind, events } = draft;
  const [target, secret] = [draft.target.trim(), draft.secret.trim()];
  const settings = {
    name: draft.name.trim(),
    events,
    ...(channel && target === '' ? {} : { target }),
    ...(kind === 'webhook' && secret !== '' ? { secret } : {}),
  };
  return (
    <ActionButton
      label={channel ? 'Edit …' : 'Add a channel …'}
      title={channel ? `Change ${channel.name}` : 'Add a channel'}
      onOpen={() => setDraft(draftOf(channel))}
      consequence={
        <div className="settings-form">
          <p>Whoever reads there is told what the loop of {project} does and wants.</p>
          <TextField label="Name" value={draft.name} onText={(name) => set({ name })} />
          {!channel && (
            <Choice label="Kind" value={kind} choices={channelKinds} onChoose={(next) => set({ kind: next })} />
          )}
          <TextField
            label={kind === 'email' ? 'Mail addresses, by commas' : 'Address of the webhook'}
            placeholder={channel && kind !== 'email' ? `stays at ${channel.target}` : undefined}
            value={draft.target}
            onText={(next) => set({ target: next })}
          />
          {kind === 'webhook' && (
            <TextField
              label="Secret that signs the messages"
              type="password"
              placeholder={channel ? 'stays as it is' : 'at least 16 characters'}
              value={draft.secret}
              onText={(next) => set({ secret: next })}
            />
          )}
          <fieldset className="checks">
            <legend>Events (none: all of them)</legend>
            {loopEvents.map((event) => (
              <label key={event}>
                <input
                  type="checkbox"
                  checked={events.includes(event)}
                  onChange={({ target: { checked } }) =>
                    set({ events: checked ? [...events, event] : events.filter((one) => one !== event) })
                  }
                />
                {event.replaceAll('_', ' ')}
              </label>
            ))}
          </fieldset>
        </div>
      }
      confirm={channel ? 'Save' : 'Add'}
      done={channel ? 'Saved.' : 'Added.'}
      act={() =>
        channel ? changeChannel(channel.id, settings) : createChannel(project, kind, { ...settings, target })
      }
      onDone={onDone}
    />
  );
}

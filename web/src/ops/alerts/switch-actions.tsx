import { ActionButton } from '../parts/action-button.js';

interface SwitchActionsProps {
  readonly what: 'alert' | 'channel';
  readonly name: string;
  readonly enabled: boolean;
  readonly onSwitch: (enabled: boolean) => Promise<unknown>;
  readonly onRemove: () => Promise<unknown>;
  readonly onDone: () => void;
}

const begins = { alert: 'It is looked at again.', channel: 'It is told again what happens from now on.' } as const;
const ends = {
  alert: 'Nobody is told until it is turned on again.',
  channel: 'Nothing is sent to it until it is turned on again.',
} as const;

/** Turns an alert or a channel off and on, and removes it. */
export function SwitchActions({ what, name, enabled, onSwitch, onRemove, onDone }: SwitchActionsProps) {
  return (
    <>
      <ActionButton
        label={enabled ? 'Turn off …' : 'Turn on …'}
        title={`Turn ${name} ${enabled ? 'off' : 'on'}?`}
        consequence={<p>{enabled ? ends[what] : begins[what]}</p>}
        confirm={enabled ? 'Turn off' : 'Turn on'}
        done="Done."
        act={() => onSwitch(!enabled)}
        onDone={onDone}
      />
      <ActionButton
        label="Remove …"
        title={`Remove ${name}?`}
        consequence={<p>The {what} is gone for good; the audit log keeps that it was there.</p>}
        confirm="Remove"
        done="Removed."
        act={onRemove}
        onDone={onDone}
      />
    </>
  );
}

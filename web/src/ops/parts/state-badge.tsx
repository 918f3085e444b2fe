const tones: Readonly<Record<string, 'good' | 'bad' | 'warn' | 'calm'>> = {
  production: 'good',
  running: 'good',
  healthy: 'good',
  completed: 'good',
  decided: 'good',
  candidate: 'warn',
  warming: 'warn',
  ramping: 'warn',
  shadow: 'warn',
  paused: 'warn',
  rejected: 'bad',
  failed: 'bad',
  away: 'bad',
  drift: 'bad',
  warn: 'warn',
  stable: 'good',
  succeeded: 'good',
  active: 'good',
  disabled: 'bad',
  locked: 'bad',
  revoked: 'bad',
  firing: 'bad',
  ok: 'good',
  passed: 'good',
  pending: 'warn',
  approved: 'good',
  sent: 'good',
  'in use': 'good',
};

/** A state by its name. */
export function StateBadge({ state }: { state: string }) {
  return (
    <span className="badge" data-tone={tones[state] ?? 'calm'}>
      {state.replaceAll('_', ' ')}
    </span>
  );
}

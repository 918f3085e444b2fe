import { useState } from 'react';
import { type AlertMetric, type AlertView, alertMetrics, changeAlert, createAlert } from '../../api/alerts.js';
import { ActionButton } from '../parts/action-button.js';
import { Choice, TextField } from '../parts/labelled.js';

interface Draft {
  readonly name: string;
  readonly metric: AlertMetric;
  readonly comparison: 'above' | 'below';
  readonly threshold: string;
  readonly minutes: string;
  readonly address: string;
}

const draftOf = (alert?: AlertView): Draft => ({
  name: alert?.name ?? '',
  metric: alert?.metric ?? 'drift_score',
  comparison: alert?.comparison ?? 'above',
  threshold: String(alert?.threshold ?? 0.3),
  minutes: String(alert?.window_minutes ?? 60),
  address: '',
});

interface AlertActionProps {
  readonly project: string;
  /** The one that is changed; a new one is made without it. */
  readonly alert?: AlertView;
  readonly onDone: () => void;
}

/** Makes or changes an alert: a number of the production model, a line, and who is told. */
export function AlertAction({ project, alert, onDone }: AlertActionProps) {
  const [draft, setDraft] = useState(() => draftOf(alert));
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const settings = () => ({
    name: draft.name.trim(),
    metric: draft.metric,
    comparison: draft.comparison,
    // what is no number becomes null, which the API refuses by name
    threshold: draft.threshold.trim() === '' ? Number.NaN : Number(draft.threshold),
    window_minutes: Number(draft.minutes),
  });
  const address = draft.address.trim();
  return (
    <ActionButton
      label={alert ? 'Edit …' : 'Add an alert …'}
      title={alert ? `Change ${alert.name}` : 'Add an alert'}
      onOpen={() => alert && setDraft(draftOf(alert))}
      consequence={
        <div className="settings-form">
          <p>It is looked at every half minute. Its webhook is told when it fires and when it is over.</p>
          <TextField label="Name" value={draft.name} onText={(name) => set({ name })} />
          <Choice label="Number" value={draft.metric} choices={alertMetrics} onChoose={(metric) => set({ metric })} />
          <Choice
            label="Fires when it is"
            value={draft.comparison}
            choices={[
              ['above', 'above the line'],
              ['below', 'below the line'],
            ]}
            onChoose={(comparison) => set({ comparison })}
          />
          <TextField
            label="Line"
            inputMode="decimal"
            value={draft.threshold}
            onText={(threshold) => set({ threshold })}
          />
          <TextField
            label="Over the last minutes"
            inputMode="numeric"
            value={draft.minutes}
            onText={(minutes) => set({ minutes })}
          />
          <TextField
            label="Webhook"
            type="url"
            placeholder={alert ? `stays at ${alert.webhook_url}` : 'https://hooks.example.com/…'}
            value={draft.address}
            onText={(next) => set({ address: next })}
          />
        </div>
      }
      confirm={alert ? 'Save' : 'Add'}
      done={alert ? 'Saved.' : 'Added.'}
      act={() =>
        alert
          ? changeAlert(alert.id, { ...settings(), ...(address === '' ? {} : { webhook_url: address }) })
          : createAlert(project, { ...settings(), webhook_url: address })
      }
      onDone={onDone}
    />
  );
}

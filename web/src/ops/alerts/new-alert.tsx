import { useState } from 'react';
import { type AlertMetric, alertMetrics, createAlert } from '../../api/alerts.js';
import { ActionButton } from '../parts/action-button.js';

/** Makes an alert: a number of the production model, a line, and who is told. */
export function NewAlert({ project, onDone }: { project: string; onDone: () => void }) {
  const [name, setName] = useState('');
  const [metric, setMetric] = useState<AlertMetric>('drift_score');
  const [comparison, setComparison] = useState<'above' | 'below'>('above');
  const [threshold, setThreshold] = useState('0.3');
  const [minutes, setMinutes] = useState('60');
  const [address, setAddress] = useState('');
  return (
    <ActionButton
      label="Add an alert …"
      title="Add an alert"
      consequence={
        <div className="settings-form">
          <p>It is looked at every half minute. Its webhook is told when it fires and when it is over.</p>
          <label className="labelled">
            Name
            <input type="text" autoComplete="off" value={name} onChange={(event) => setName(event.target.value)} />
          </label>
          <label className="labelled">
            Number
            <select value={metric} onChange={(event) => setMetric(event.target.value as AlertMetric)}>
              {alertMetrics.map((one) => (
                <option key={one} value={one}>
                  {one.replaceAll('_', ' ')}
                </option>
              ))}
            </select>
          </label>
          <label className="labelled">
            Fires when it is
            <select value={comparison} onChange={(event) => setComparison(event.target.value as 'above' | 'below')}>
              <option value="above">above the line</option>
              <option value="below">below the line</option>
            </select>
          </label>
          <label className="labelled">
            Line
            <input type="text" inputMode="decimal" value={threshold} onChange={(e) => setThreshold(e.target.value)} />
          </label>
          <label className="labelled">
            Over the last minutes
            <input type="text" inputMode="numeric" value={minutes} onChange={(e) => setMinutes(e.target.value)} />
          </label>
          <label className="labelled">
            Webhook
            <input
              type="url"
              autoComplete="off"
              placeholder="https://hooks.example.com/…"
              value={address}
              onChange={(event) => setAddress(event.target.value)}
            />
          </label>
        </div>
      }
      confirm="Add"
      done="Added."
      act={() =>
        createAlert(project, {
          name: name.trim(),
          metric,
          comparison,
          // what is no number becomes null, which the API refuses by name
          threshold: threshold.trim() === '' ? Number.NaN : Number(threshold),
          window_minutes: Number(minutes),
          webhook_url: address.trim(),
        })
      }
      onDone={onDone}
    />
  );
}

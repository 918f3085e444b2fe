import type { Numbers } from '../../api/control.js';
import type { TopicName } from '../../help/topics.js';
import { formatNumber, formatShare } from '../../shared/format.js';

/** Error measures as the field writes them. */
const names: Readonly<Record<string, string>> = {
  r2: 'R²',
  mae: 'MAE',
  rmse: 'RMSE',
  mape: 'MAPE',
  medae: 'Median error',
  accuracy: 'Accuracy',
};

const helps: Readonly<Record<string, TopicName>> = {
  r2: 'r2',
  mae: 'mae',
  rmse: 'mae',
  mape: 'mae',
  medae: 'mae',
  accuracy: 'accuracy',
};

/** What explains a measure. */
export const metricHelp = (key: string): TopicName | undefined => helps[key.toLowerCase()];

const shares = new Set(['mape', 'accuracy']);

export const metricName = (key: string): string =>
  names[key.toLowerCase()] ??
  key
    .replaceAll(/([A-Z])/g, ' $1')
    .replaceAll('_', ' ')
    .toLowerCase();

/** Says how good a model is, as opposed to how it was trained. */
export const isMeasure = (key: string): boolean => key.toLowerCase() in names;

/** A share in percent; otherwise 0.8312 keeps its digits and 23.4567 needs fewer. */
export function metricValue(key: string, value: number): string {
  if (shares.has(key.toLowerCase())) return formatShare(value);
  return Math.abs(value) < 1 ? value.toFixed(3) : formatNumber(value);
}

/** A model's measures in one line. */
export function ModelMetrics({ metrics, most = 3 }: { metrics: Numbers | undefined; most?: number }) {
  const shown = Object.entries(metrics ?? {})
    .filter((entry): entry is [string, number] => entry[1] !== null && isMeasure(entry[0]))
    .slice(0, most);
  if (shown.length === 0) return <>–</>;
  return (
    <span className="metrics">
      {shown.map(([key, value]) => (
        <span key={key}>
          {metricName(key)} {metricValue(key, value)}
        </span>
      ))}
    </span>
  );
}

import type { DecisionView } from '../../api/control.js';

/** productionMeanLatencyMs → production mean latency ms. */
const words = (name: string) => name.replaceAll(/([A-Z]|\d+)/g, ' $1').toLowerCase();

function written(value: number | null): string {
  if (value === null) return '–';
  return Number.isInteger(value) ? String(value) : value.toPrecision(4);
}

/** Both policies' verdicts with every number they were made on. */
export function DecisionNumbers({ decision }: { decision: DecisionView }) {
  return (
    <div className="decision-numbers">
      {(['rule', 'evidence'] as const).map((policy) => {
        const { verdict, reason, numbers } = decision.evaluation[policy];
        return (
          <section key={policy}>
            <h3>
              {policy}: {verdict.replaceAll('_', ' ')}
            </h3>
            <p>{reason}</p>
            <dl>
              {Object.entries(numbers).map(([name, value]) => (
                <div key={name}>
                  <dt>{words(name)}</dt>
                  <dd>{written(value)}</dd>
                </div>
              ))}
            </dl>
          </section>
        );
      })}
    </div>
  );
}

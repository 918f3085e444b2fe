import type { ReactNode } from 'react';
import { HelpLink } from '../../help/help-link.js';
import type { TopicName } from '../../help/topics.js';

interface Figure {
  readonly name: string;
  readonly value: ReactNode;
  readonly hint?: ReactNode;
  /** What it is and how it is made. */
  readonly help?: TopicName | undefined;
}

/** Named values side by side. */
export function FigureList({ figures }: { figures: readonly Figure[] }) {
  return (
    <dl className="figures">
      {figures.map(({ name, value, hint, help }) => (
        <div key={name}>
          <dt>
            {name} {help !== undefined && <HelpLink topic={help} />}
          </dt>
          <dd>
            <span className="figure">{value}</span>
            {hint !== undefined && <span className="hint">{hint}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

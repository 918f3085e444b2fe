import type { ReactNode } from 'react';

/** Named values side by side. */
export function FigureList({ figures }: { figures: readonly { name: string; value: ReactNode; hint?: ReactNode }[] }) {
  return (
    <dl className="figures">
      {figures.map(({ name, value, hint }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <span className="figure">{value}</span>
            {hint !== undefined && <span className="hint">{hint}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

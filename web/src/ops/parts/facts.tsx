const written = (value: unknown): string =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);

/** Names with their values, as a document has them. */
export function Facts({ facts }: { facts: Readonly<Record<string, unknown>> }) {
  return (
    <dl className="facts">
      {Object.entries(facts).map(([name, value]) => (
        <div key={name}>
          <dt>
            {name
              .replaceAll(/([A-Z])/g, ' $1')
              .replaceAll('_', ' ')
              .toLowerCase()}
          </dt>
          <dd>{value === null || value === undefined ? '–' : written(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Named amounts as bars on one scale, the largest first. */
export function AmountBars({
  amounts,
  format,
}: {
  amounts: readonly (readonly [string, number])[];
  format: (n: number) => string;
}) {
  const sorted = [...amounts].sort((a, b) => b[1] - a[1]);
  const most = Math.max(Number.EPSILON, ...sorted.map(([, amount]) => amount));
  return (
    <ul className="amount-bars">
      {sorted.map(([name, amount]) => (
        <li key={name}>
          <span>{name.replaceAll('_', ' ')}</span>
          <span className="amount-track" aria-hidden="true">
            <span style={{ inlineSize: `${(100 * Math.max(0, amount)) / most}%` }} />
          </span>
          <span className="amount-value">{format(amount)}</span>
        </li>
      ))}
    </ul>
  );
}

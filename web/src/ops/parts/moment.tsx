import { formatAgo, formatTime } from '../../shared/format.js';

interface MomentProps {
  readonly at: string | null | undefined;
  readonly never?: string;
  /** In lists: what is more than a day away is told by date, or whole pages would say "yesterday". */
  readonly dated?: boolean;
}

const DAY_MS = 86_400_000;

/** A time as distance from now, with the exact time on hover and for machines. */
export function Moment({ at, never = 'never', dated = false }: MomentProps) {
  if (at === null || at === undefined) return <>{never}</>;
  return (
    <time dateTime={at} title={formatTime(at)}>
      {dated && Math.abs(Date.now() - Date.parse(at)) >= DAY_MS ? formatTime(at) : formatAgo(at)}
    </time>
  );
}

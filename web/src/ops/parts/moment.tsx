import { formatAgo, formatTime } from '../../shared/format.js';

/** A time as distance from now, with the exact time on hover and for machines. */
export function Moment({ at, never = 'never' }: { at: string | null | undefined; never?: string }) {
  if (at === null || at === undefined) return <>{never}</>;
  return (
    <time dateTime={at} title={formatTime(at)}>
      {formatAgo(at)}
    </time>
  );
}

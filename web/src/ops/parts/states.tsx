import type { ReactNode } from 'react';
import type { ApiError } from '../../api/http.js';
import type { Resource } from '../../shared/use-resource.js';

/** Said while something loads for the first time. */
export function Loading({ what }: { what: string }) {
  return (
    <p className="loading" role="status">
      Loading {what} …
    </p>
  );
}

/** Something could not be loaded; what was there before stays beside it. */
export function Failure({ what, error, onRetry }: { what: string; error: ApiError; onRetry: () => void }) {
  return (
    <div className="notice" role="alert">
      <p>
        <strong>{what} could not be loaded.</strong> {error.message}
      </p>
      <button type="button" onClick={onRetry}>
        Try again
      </button>
    </div>
  );
}

/** There is nothing yet, and how something comes to be there. */
export function Empty({ children }: { children: ReactNode }) {
  return <p className="empty">{children}</p>;
}

interface LoadedProps<T> {
  readonly what: string;
  readonly resource: Resource<T>;
  readonly children: (data: T) => ReactNode;
}

/** The three states of a resource. */
export function Loaded<T>({ what, resource, children }: LoadedProps<T>) {
  const { data, error, reload } = resource;
  return (
    <>
      {error !== null && <Failure what={what} error={error} onRetry={reload} />}
      {data === null && error === null && <Loading what={what.toLowerCase()} />}
      {data !== null && children(data)}
    </>
  );
}

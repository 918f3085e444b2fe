import { useSyncExternalStore } from 'react';

const moved = 'incumbent:navigated';

function subscribe(onChange: () => void): () => void {
  window.addEventListener('popstate', onChange);
  window.addEventListener(moved, onChange);
  return () => {
    window.removeEventListener('popstate', onChange);
    window.removeEventListener(moved, onChange);
  };
}

/** Path and query of the address bar, followed as it changes. */
export function useAddress(): { path: string; query: URLSearchParams } {
  const address = useSyncExternalStore(subscribe, () => window.location.pathname + window.location.search);
  const [path = '/', search = ''] = address.split('?');
  return { path, query: new URLSearchParams(search) };
}

let navigated = false;

/** Whether a page was gone to from within the app, as opposed to loaded. */
export const hasNavigated = (): boolean => navigated;

/** Goes to another page of the app. */
export function navigate(to: string): void {
  navigated = true;
  window.history.pushState(null, '', to);
  window.dispatchEvent(new Event(moved));
  if (!to.includes('#')) window.scrollTo(0, 0);
}

/** Changes the address without a new entry in the history. */
export function replaceAddress(to: string): void {
  window.history.replaceState(window.history.state, '', to);
}

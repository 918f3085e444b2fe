/** Gives up waiting for bodies that do not come: one timer looks after all of them, so that a quick body costs nothing. */
const waiting = new Map<() => void, number>();
let timer: NodeJS.Timeout | undefined;

function sweep(): void {
  const now = performance.now();
  for (const [giveUp, deadline] of waiting) {
    if (deadline > now) break; // all wait equally long, so the first ones are due first
    waiting.delete(giveUp);
    giveUp();
  }
  if (waiting.size === 0) {
    clearInterval(timer);
    timer = undefined;
  }
}

export const BODY_TIMEOUT_MS = 15_000;

/** Calls `giveUp` unless `received(giveUp)` is called in time. */
export function awaitBody(giveUp: () => void): void {
  waiting.set(giveUp, performance.now() + BODY_TIMEOUT_MS);
  timer ??= setInterval(sweep, 1_000).unref();
}

export function received(giveUp: () => void): void {
  waiting.delete(giveUp);
}

import { ask } from './ask.js';

/** Asks at an even rate whether or not the answers keep up: a slow answer does not make the next question come later. */
export async function openLoop(base: string, paths: readonly string[], ratePerSecond: number, seconds: number) {
  const times = new Map<string, number[]>();
  const failures: string[] = [];
  const pending: Promise<void>[] = [];
  const started = performance.now();
  for (let i = 0; i < ratePerSecond * seconds; i++) {
    const due = started + (i * 1000) / ratePerSecond;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const path = paths[i % paths.length]!;
    pending.push(
      ask(`${base}/api/${path}`).then(({ status, body }) => {
        times.set(path, [...(times.get(path) ?? []), performance.now() - due]);
        if (status !== 200) failures.push(`${path}: ${status} ${body.slice(0, 200)}`);
      }),
    );
  }
  await Promise.all(pending);
  return { times, failures };
}

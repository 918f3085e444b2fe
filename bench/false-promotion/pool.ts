import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { scenarios } from './scenarios.js';
import type { WeekOutcome } from './simulate-week.js';
import type { WeekAnswer, WeekTask } from './worker.js';

const WEEKS_PER_TASK = 50;

/** The worker's entry. On Node 20 a thread knows no TypeScript even when its parent does: it registers tsx first. */
function workerSource(): URL {
  if (!import.meta.url.endsWith('.ts')) return new URL('./worker.js', import.meta.url);
  const [tsx, worker] = [import.meta.resolve('tsx/esm/api'), new URL('./worker.ts', import.meta.url).href];
  const source = `import { register } from '${tsx}'; register(); await import('${worker}');`;
  return new URL(`data:text/javascript,${encodeURIComponent(source)}`);
}

/**
 * Simulates `weeks` weeks of every scenario on all processors.
 *
 * @returns outcomes per scenario, in the order of `scenarios`; the weeks of one in no particular order
 */
export async function simulateAll(weeks: number): Promise<WeekOutcome[][]> {
  const tasks: WeekTask[] = scenarios.flatMap((_, scenario) =>
    Array.from({ length: Math.ceil(weeks / WEEKS_PER_TASK) }, (_, i) => ({
      scenario,
      from: i * WEEKS_PER_TASK,
      to: Math.min(weeks, (i + 1) * WEEKS_PER_TASK),
    })),
  );
  const outcomes: WeekOutcome[][] = scenarios.map(() => []);

  const work = (worker: Worker) =>
    new Promise<void>((resolve, reject) => {
      const next = () => {
        const task = tasks.shift();
        if (task === undefined) resolve();
        else worker.postMessage(task);
      };
      worker.on('error', reject);
      worker.on('message', (answer: WeekAnswer) => {
        outcomes[answer.scenario]!.push(...answer.outcomes);
        next();
      });
      next();
    }).finally(() => worker.terminate());

  const workers = Array.from({ length: availableParallelism() }, () => new Worker(workerSource()));
  await Promise.all(workers.map(work));
  return outcomes;
}

import { Worker, type WorkerOptions } from 'node:worker_threads';

/**
 * Starts a thread. Built files start as they are; from the sources the thread first registers tsx, because it does not inherit the loader.
 *
 * @param entry without its ending, for example `new URL('./clean-thread', import.meta.url)`
 */
export function startThread(entry: URL, options: WorkerOptions = {}): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL(`${entry.href}.js`), options);
  const tsx = import.meta.resolve('tsx/esm/api');
  const start = `import('${tsx}').then(({ register }) => { register(); return import('${entry.href}.ts'); })`;
  return new Worker(start, { ...options, eval: true });
}

import { Context } from '@temporalio/activity';

const EVERY_MS = 2_000;

/**
 * Keeps the server told while work goes on in threads: at once, and then every two seconds, also while a single tree
 * takes long. A heartbeat is also how a cancellation reaches the worker.
 *
 * @param trees told with the progress, where it is known how many there will be
 */
export async function withHeartbeat<T>(
  work: (onProgress: (treesDone: number) => void) => Promise<T>,
  trees?: number,
): Promise<T> {
  const context = Context.current();
  let treesDone = 0;
  const tell = () => context.heartbeat(trees === undefined ? { treesDone } : { treesDone, trees });
  tell();
  const timer = setInterval(tell, EVERY_MS);
  try {
    return await work((done) => {
      treesDone = done;
    });
  } finally {
    clearInterval(timer);
  }
}

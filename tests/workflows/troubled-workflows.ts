import {
  ActivityCancellationType,
  ApplicationFailure,
  CancellationScope,
  condition,
  defineQuery,
  executeChild,
  proxyActivities,
  setHandler,
  sleep,
  startChild,
  workflowInfo,
} from '@temporalio/workflow';

/** What the steps of these workflows do is up to the test's worker. */
export interface TroubledActivities {
  failOnce(): Promise<string>;
  failForGood(): Promise<void>;
  takeTooLong(): Promise<void>;
  workUntilCancelled(): Promise<void>;
}

const { failOnce, failForGood, takeTooLong } = proxyActivities<TroubledActivities>({
  startToCloseTimeout: '1 second',
  retry: { maximumAttempts: 2, initialInterval: '50 milliseconds', nonRetryableErrorTypes: ['Hopeless'] },
});

const { workUntilCancelled } = proxyActivities<TroubledActivities>({
  startToCloseTimeout: '1 minute',
  heartbeatTimeout: '1 second',
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
});

const expected = () => undefined;

/** Everything that can go wrong with a step or a child, one after the other; it completes with more than a log line holds. */
export async function troubled(): Promise<string> {
  const { workflowId } = workflowInfo();
  await failOnce();
  await failForGood().catch(expected);
  await takeTooLong().catch(expected);
  const scope = new CancellationScope();
  const cancelled = scope.run(workUntilCancelled).catch(expected);
  await sleep('1 second');
  scope.cancel();
  await cancelled;
  await executeChild(fails, { workflowId: `${workflowId}-fine`, args: [null] });
  await executeChild(fails, { workflowId: `${workflowId}-fails`, args: ['no luck'] }).catch(expected);
  await startChild(fails, { workflowId, args: [null] }).catch(expected);
  return 'x'.repeat(5_000);
}

/** Fails for the reason given, or completes. */
export async function fails(reason: string | null): Promise<string> {
  if (reason !== null) throw ApplicationFailure.nonRetryable(reason);
  return 'fine';
}

/** Waits for ever; can be asked how it goes. */
export async function waits(): Promise<void> {
  setHandler(defineQuery('progress'), () => ({ step: 'waiting' }));
  await condition(() => false);
}

/** Code that is wrong, so that its worker cannot go on. */
export async function isWrong(): Promise<void> {
  throw new TypeError('this code is wrong');
}

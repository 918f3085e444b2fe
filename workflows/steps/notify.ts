import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { CancellationScope, log, ParentClosePolicy, startChild, workflowInfo } from '@temporalio/workflow';
import { eventKey } from '../../core/notifications/event-key.js';
import type { LoopEvent } from '../../core/notifications/loop-event.js';
import { sendNotification } from '../send-notification.js';

/**
 * Tells people of an event. A workflow of its own sends it, tries again for a day and outlives the caller, so a receiver
 * that is away neither fails nor delays the loop; a cancelled workflow can still tell. The same event of one run is sent once.
 */
export async function notify(event: LoopEvent): Promise<void> {
  const { workflowId, runId } = workflowInfo();
  const at = new Date().toISOString();
  const id = `${workflowId}-${runId}-${eventKey(event, at)}`;
  try {
    await CancellationScope.nonCancellable(() =>
      startChild(sendNotification, {
        workflowId: `notify-${id}`,
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        parentClosePolicy: ParentClosePolicy.ABANDON,
        args: [{ id, at, event }],
      }),
    );
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return;
    log.warn('event not told', { kind: event.kind, subject: event.subject, reason: String(error) });
  }
}

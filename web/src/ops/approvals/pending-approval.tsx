import { type ApprovalView, answerApproval } from '../../api/approvals.js';
import { useSession } from '../../session/session-context.js';
import { Link } from '../../shared/link.js';
import { ActionButton } from '../parts/action-button.js';
import { Moment } from '../parts/moment.js';
import { useProject } from '../parts/use-project.js';

/** A promotion that waits: what it is about, and the two answers. */
export function PendingApproval({ approval, onDone }: { approval: ApprovalView; onDone: () => void }) {
  const { href } = useProject();
  const { may } = useSession();
  const { id, candidate_version: candidate, experiment_id: experiment, requested_by: by, may_approve: mine } = approval;
  return (
    <section className="card approval" aria-label={`Approval ${id}`}>
      <h2>Promote {candidate}?</h2>
      <p>{approval.reason}</p>
      <p className="hint">
        Asked for by {by} <Moment at={approval.requested_at} />, after{' '}
        <Link href={href(`/ops/experiment/${experiment}`)}>experiment no. {experiment}</Link>. Without an answer it
        lapses <Moment at={approval.expires_at} />, and production stays.
      </p>
      <div className="actions">
        {mine && (
          <ActionButton
            label="Approve …"
            title={`Let ${candidate} be promoted?`}
            consequence={
              <p>
                {candidate} becomes the next BO version and serves all users at once. The experiment ends. The present
                production version is kept and can be rolled back to.
              </p>
            }
            confirm="Approve"
            done="Approved: the promotion has begun."
            needs="approver"
            asksReason
            act={(reason) => answerApproval(id, 'approve', reason)}
            onDone={onDone}
          />
        )}
        <ActionButton
          label="Reject …"
          title={`Refuse the promotion of ${candidate}?`}
          consequence={<p>The experiment ends, production stays as it is, and {candidate} is kept.</p>}
          confirm="Reject"
          done="Rejected."
          needs="approver"
          asksReason
          act={(reason) => answerApproval(id, 'reject', reason)}
          onDone={onDone}
        />
      </div>
      {may('approver') && !mine && <p className="hint">You asked for it yourself: somebody else has to approve it.</p>}
    </section>
  );
}

import { z } from 'zod';
import { listPage } from '../../adapters/postgres/lists/keyset-list.js';
import { approvalList } from '../../adapters/postgres/lists/lists.js';
import { DomainError } from '../../core/errors.js';
import { type Approval, approvalStates, checkAnswer } from '../../core/experiment/approval.js';
import { parseExperimentSettings } from '../../core/experiment/experiment-settings.js';
import { reaches } from '../access/roles.js';
import { auditRequest } from '../audit-request.js';
import type { ControlDeps } from '../control-deps.js';
import { type Route, type RouteContext, route } from '../http/route.js';
import { approvalSchema, approvalView } from '../views/approval-view.js';
import { projectName, reason, rowId } from '../views/fields.js';
import { listQuery, pageOf, pageView, toListQuery } from '../views/page.js';

const byId = z.strictObject({ id: rowId });
const answerBody = z.strictObject({ reason: reason.describe('Why; it goes into the audit log') });

type Answering = RouteContext<{ id: number }, undefined, { reason: string }>;
type Asking = Pick<RouteContext<unknown, unknown, unknown>, 'caller'>;

/** Promotions that wait for a person, where the project asks for one. */
export function approvalRoutes({ pool, approvals, loop, audit, project, now }: ControlDeps): Route[] {
  const settingsOf = (name: string) => parseExperimentSettings(project(name).experiment).approval;

  function mayApprove(approval: Approval, { caller }: Asking): boolean {
    if (!reaches(caller.role, 'approver')) return false;
    try {
      checkAnswer(approval, { answer: 'approved', by: caller.name }, settingsOf(approval.project), now());
      return true;
    } catch (error) {
      if (error instanceof DomainError) return false;
      throw error;
    }
  }

  /** The workflow that waits takes the answer; it checks and records it, and does what follows. */
  async function answer(context: Answering, given: 'approved' | 'rejected') {
    const { caller, params, body } = context;
    const approval = await approvals.get(params.id);
    const { project: name, workflowId } = approval;
    try {
      checkAnswer(approval, { answer: given, by: caller.name }, settingsOf(name), now());
      await loop.update(workflowId, 'answer', { id: approval.id, answer: given, by: caller.name, why: body.reason });
    } catch (error) {
      if (error instanceof DomainError) {
        await auditRequest(audit, context, {
          project: name,
          action: `approval.${given}.refused`,
          subject: `approval ${approval.id}`,
          reason: body.reason,
          details: { code: error.code, why: error.message },
        });
      }
      throw error;
    }
    return approvalView(await approvals.get(params.id), false);
  }

  return [
    route({
      method: 'get',
      path: '/api/approvals',
      tag: 'approvals',
      summary: 'Promotions that wait, or waited, for a person',
      access: 'viewer',
      query: listQuery({ project: projectName, state: z.enum(approvalStates).optional() }),
      answer: pageOf(approvalSchema),
      async handle(context) {
        project(context.query.project);
        const found = await listPage(pool, approvalList, toListQuery(context.query));
        return pageView(found, (approval) => approvalView(approval, mayApprove(approval, context)));
      },
    }),
    route({
      method: 'get',
      path: '/api/approvals/:id',
      tag: 'approvals',
      summary: 'One of them',
      access: 'viewer',
      params: byId,
      answer: approvalSchema,
      problems: [404],
      async handle(context) {
        const approval = await approvals.get(context.params.id);
        return approvalView(approval, mayApprove(approval, context));
      },
    }),
    route({
      method: 'post',
      path: '/api/approvals/:id/approve',
      tag: 'approvals',
      summary: 'Let the candidate be promoted',
      description:
        'The promotion begins at once; deploy/status tells how it goes. Who asked for the promotion may not approve it where the project says so.',
      access: 'approver',
      params: byId,
      body: answerBody,
      answer: approvalSchema,
      problems: [404, 409],
      handle: (context) => answer(context, 'approved'),
    }),
    route({
      method: 'post',
      path: '/api/approvals/:id/reject',
      tag: 'approvals',
      summary: 'Refuse the promotion: the experiment ends, production stays, the candidate is kept',
      access: 'approver',
      params: byId,
      body: answerBody,
      answer: approvalSchema,
      problems: [404, 409],
      handle: (context) => answer(context, 'rejected'),
    }),
  ];
}

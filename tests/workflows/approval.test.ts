import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseDecisionRule } from '../../core/experiment/decision-rule.js';
import { approvalId } from '../../core/loop/workflow-ids.js';
import type { ModelProject } from '../../core/project.js';
import type { PromoteWithApprovalResult } from '../../workflows/promote-with-approval.js';
import { createLoop, smallHomePrices } from '../support/loop.js';

// A request for a person's yes on a real Temporal server and Postgres; hours are seconds here.

const PROJECT = 'home-prices';
const SECOND = 1 / 3600;
const project: ModelProject = {
  ...smallHomePrices,
  experiment: { approval: { required: true, timeLimitHours: 8 * SECOND, reminderHours: 3 * SECOND } },
};
let loop: Awaited<ReturnType<typeof createLoop>>;
let worker: { stop(): Promise<void> };
beforeAll(async () => {
  loop = await createLoop({ namespace: `approval-${Date.now()}`, project });
  worker = await loop.startWorker();
}, 120_000);
afterAll(async () => {
  await worker?.stop();
  await loop?.stop();
}, 60_000);

const cause = { reason: 'begin', actor: 'test' };
let key = 0;

/** A running experiment with its candidate in the slot, and a promotion asked for. */
async function asked() {
  const candidate = (
    await loop.registry.reserve({
      project: PROJECT,
      prefix: 'price_check',
      kind: 'CO',
      parentVersion: null,
      idempotencyKey: `co ${key++}`,
    })
  ).version;
  const { id } = await loop.experiments.open({
    project: PROJECT,
    productionVersion: 'BO1',
    candidateVersion: candidate,
    candidateWeightPercent: 20,
    rule: parseDecisionRule({}),
    expectedUsers: 1000,
    idempotencyKey: `experiment ${key++}`,
  });
  await loop.experiments.change(id, { type: 'warmed' }, { ...cause, idempotencyKey: `begin ${key++}` });
  const { version } = await loop.slots.get(PROJECT, 'candidate');
  await loop.slots.assign(PROJECT, 'candidate', candidate, version, { ...cause, workflowId: null });
  await loop.loop.start({
    type: 'promoteWithApproval',
    workflowId: approvalId(PROJECT),
    input: { project: PROJECT, experimentId: id, candidate, reason: 'It is better.', actor: 'schedule' },
  });
  await expect.poll(async () => (await pending()).length, { timeout: 20_000 }).toBe(1);
  return { experimentId: id, candidate, approval: (await pending())[0]! };
}

const pending = async () =>
  (await loop.pool.query<{ id: number }>("select id from approvals where state = 'pending'")).rows.map(({ id }) => id);
const result = (): Promise<PromoteWithApprovalResult> => loop.client.workflow.getHandle(approvalId(PROJECT)).result();
const answer = (id: number, given: 'approved' | 'rejected', by: string) =>
  loop.loop.update(approvalId(PROJECT), 'answer', { id, answer: given, by, why: 'the figures' });

/** Kinds of what people were told of since then, by the workflows that tell it. */
async function told(): Promise<string[]> {
  const found: string[] = [];
  for await (const { memo: _, workflowId } of loop.client.workflow.list({
    query: "WorkflowType = 'sendNotification'",
  })) {
    found.push(/(approval_[a-z]+|experiment_ended)/.exec(workflowId)?.[1] ?? workflowId);
  }
  return found.toSorted();
}

test('without an answer people are reminded, the request lapses and the experiment goes on', async () => {
  const { experimentId, approval } = await asked();
  expect(await result()).toMatchObject({ approvalId: approval, outcome: 'lapsed', promotion: null });
  const { state, remindedAt, decidedBy } = await loop.approvals.get(approval);
  expect({ state, decidedBy }).toEqual({ state: 'lapsed', decidedBy: null });
  expect(remindedAt).toBeInstanceOf(Date);
  expect((await loop.experiments.current(PROJECT))?.id).toBe(experimentId);
  await expect
    .poll(told, { timeout: 20_000 })
    .toEqual(expect.arrayContaining(['approval_decided', 'approval_reminder', 'approval_wanted']));
  await loop.experiments.end(experimentId, 'stopped', 'stopped');
}, 60_000);

test('a no ends the experiment, keeps the candidate, and is in the audit log with who and why', async () => {
  const { experimentId, candidate, approval } = await asked();
  expect(await answer(approval, 'rejected', 'ben')).toBe('rejected');
  expect(await result()).toMatchObject({ outcome: 'rejected', promotion: null });
  expect(await loop.experiments.get(experimentId)).toMatchObject({ state: 'decided', outcome: 'rejected' });
  expect((await loop.registry.get(PROJECT, candidate)).state).toBe('retired');
  const { rows } = await loop.pool.query("select actor, reason from audit where action = 'approval.rejected'");
  expect(rows).toEqual([{ actor: 'ben', reason: 'the figures' }]);
}, 60_000);

test('who asked cannot approve it through Temporal either, and of two answers at once one is refused', async () => {
  const { approval } = await asked();
  await expect(answer(approval, 'approved', 'schedule')).rejects.toThrow(/somebody else must approve/);
  const answers = await Promise.allSettled([answer(approval, 'rejected', 'ben'), answer(approval, 'rejected', 'asha')]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(await result()).toMatchObject({ outcome: 'rejected' });
}, 60_000);

test('an experiment that ends takes its request with it', async () => {
  const { experimentId, candidate, approval } = await asked();
  const input = { project: PROJECT, experimentId, candidate, reason: 'a wish', actor: 'ben' };
  await loop.loop.run({ type: 'stopExperiment', workflowId: 'stop', input });
  expect(await result()).toMatchObject({ outcome: 'withdrawn', promotion: null });
  expect((await loop.approvals.get(approval)).state).toBe('withdrawn');
}, 60_000);

import { afterAll, beforeAll, expect, test } from 'vitest';
import { decisionRuleSchema } from '../../core/experiment/decision-rule.js';
import { startTestApi, type TestApi } from './api.js';
import { expectContract } from './contract.js';

// What people ask of experiments, and why they do not get it. No worker runs: what is accepted waits in Temporal.

let api: TestApi;
let project: string;
let running: number;
let ended: number;
let other: number;

async function experiment(of: string, state: string, key: string): Promise<number> {
  const { rows } = await api.pool.query<{ id: number }>(
    `insert into experiments (project, production_version, candidate_version, state, candidate_weight_percent, rule, started_at, ended_at, idempotency_key)
     values ($1, 'BO1', 'CO1', $2, 20, $3, now(), case when $2 = 'stopped' then now() end, $4) returning id`,
    [of, state, decisionRuleSchema.parse({}), key],
  );
  return Number(rows[0]!.id);
}

beforeAll(async () => {
  api = await startTestApi();
  ({ project } = api);
  for (const [version, state] of [
    ['BO1', 'production'],
    ['CO1', 'candidate'],
    ['CO2', 'staged'],
    ['CO3', 'deleted'],
  ] as const) {
    await api.pool.query(
      `insert into model_versions (project, version, kind, number, state, artifact_prefix, idempotency_key)
       values ($1, $2, $3, $4, $5, $6, $2)`,
      [project, version, version.slice(0, 2), Number(version.slice(2)), state, `x_${version}/`],
    );
  }
  await api.pool.query(
    `insert into model_versions (project, version, kind, number, state, artifact_prefix, idempotency_key)
     values ($1, 'CO1', 'CO', 1, 'staged', 'y/', 'foreign')`,
    [`other-${project}`],
  );
  await api.pool.query(
    "insert into slots (project, slot, version) values ($1, 'production', 'BO1'), ($1, 'candidate', 'CO1')",
    [project],
  );
  ended = await experiment(project, 'stopped', 'ended');
  running = await experiment(project, 'running', 'running');
  other = await experiment(`other-${project}`, 'paused', 'other');
  await api.pool.query("update experiments set paused_from = 'running' where id = $1", [other]);
});
afterAll(() => api?.stop());

const post = (path: string, body: object) => api.request.post(path).send(body);
const endDelivery = () => api.client.workflow.getHandle(`${project}-delivery`).terminate('test');
const audited = async (action: string) =>
  (await api.pool.query('select * from audit where action = $1 order by id desc limit 1', [action])).rows[0];

test.each([
  ['another share', 'weights', { candidate_weight_percent: 33.33 }],
  ['a pause', 'pause', {}],
  ['a shadow for some hours', 'shadow', { shadow_percent: 50, hours: 2 }],
  ['a shadow for some answers', 'shadow', { shadow_percent: 100, min_requests: 500 }],
])('%s is taken, and who asked for it is in the audit log', async (_what, change, body) => {
  const { status, body: started } = await post(`/api/experiments/${running}/${change}`, { ...body, reason: 'a look' });
  expectContract('post', `/api/experiments/:id/${change}`, started);
  expect([status, started]).toMatchObject([202, { project, slot: 'candidate', version: 'CO1', previous: 'CO1' }]);
  expect(await audited(`experiment.${change}.request`)).toMatchObject({
    actor: 'local',
    subject: String(running),
    reason: 'a look',
    workflow_id: `${project}-delivery`,
  });
  await endDelivery();
});

test.each([
  ['a resume of what is not paused', 'resume', {}, 409, /running cannot take "resume"/],
  ['the end of a shadow that there is not', 'shadow', { shadow_percent: 0 }, 409, /cannot take "shadow"/],
  ['a shadow without an end', 'shadow', { shadow_percent: 10 }, 422, /when would the shadow end/],
  ['nobody for the candidate', 'weights', { candidate_weight_percent: 0 }, 422, /candidate_weight_percent/],
  ['everybody for the candidate', 'weights', { candidate_weight_percent: 99.5 }, 422, /at most 99/],
  ['a share that cannot be split', 'weights', { candidate_weight_percent: 33.333 }, 422, /two decimals/],
])('%s is refused', async (_what, change, body, status, message) => {
  const answer = await post(`/api/experiments/${running}/${change}`, { ...body, reason: 'a look' });
  expect([answer.status, answer.body.message]).toEqual([status, expect.stringMatching(message)]);
});

test.each(['weights', 'pause', 'resume', 'shadow', 'stop'])(
  '%s of an experiment that is over, or none, is refused',
  async (change) => {
    const more = { weights: { candidate_weight_percent: 30 }, shadow: { shadow_percent: 0 } }[change] ?? {};
    const ask = (id: number) => post(`/api/experiments/${id}/${change}`, { ...more, reason: 'late' });
    const late = await ask(ended);
    expect([late.status, late.body.message]).toEqual([409, `experiment ${ended} has ended already: stopped`]);
    expect((await ask(999_999)).status).toBe(404);
    expect(await audited(`experiment.${change}.refused`)).toMatchObject({
      subject: String(ended),
      details: { code: 'CONFLICT' },
    });
  },
);

test('a paused experiment may go on, once', async () => {
  const resume = () => post(`/api/experiments/${other}/resume`, { reason: 'all is well' });
  const first = await resume();
  const second = await resume();
  expect([first.status, second.status]).toEqual([202, 409]);
  expect(second.body.job_id).toBe(first.body.job_id);
  await api.client.workflow.getHandle(`other-${project}-delivery`).terminate('test');
});

test('the changes of an experiment are told from the newest on', async () => {
  await api.pool.query(
    `insert into experiment_changes (experiment_id, from_state, to_state, from_weight, to_weight, clock_restarted, reason, actor, at, idempotency_key)
     values ($1, 'warming', 'running', 0, 20, true, 'begun', 'loop', now() - interval '1 hour', 'c1'),
            ($1, 'running', 'paused', 20, 0, false, 'a look', 'asha', now(), 'c2')`,
    [running],
  );
  const { body } = await api.request.get(`/api/experiments/${running}/changes`);
  expectContract('get', '/api/experiments/:id/changes', body);
  expect(body.items).toMatchObject([
    { to_state: 'paused', to_weight_percent: 0, clock_restarted: false, actor: 'asha' },
    { to_state: 'running', to_weight_percent: 20, clock_restarted: true, actor: 'loop' },
  ]);
  expect((await api.request.get('/api/experiments/999999/changes')).status).toBe(404);
});

const wish = () => ({ project, name: 'is it better?', treatment: 'CO2', reason: 'a question' });

test.each([
  ['a model that is in production', { treatment: 'BO1' }, 409, /BO1/],
  ['the candidate that there is', { treatment: 'CO1' }, 409, 'CO1 is in an experiment already'],
  ['a model that was deleted', { treatment: 'CO3' }, 409, /deleted/],
  ['a model that there is not', { treatment: 'CO9' }, 404, /CO9/],
  ['another control', { control: 'BO7' }, 409, 'the control is what users have now: BO1, not BO7'],
  ['an unknown metric', { success_metric: 'beauty' }, 422, /success_metric/],
  ['a blank name', { name: ' ' }, 422, /name/],
])('an experiment by hand with %s is refused', async (_what, changes, status, message) => {
  const answer = await post('/api/experiments', { ...wish(), ...changes });
  expect(answer.status).toBe(status);
  expect(answer.body.message).toMatch(message);
});

test('an experiment by hand needs something to compare with', async () => {
  const answer = await post('/api/experiments', { ...wish(), project: `other-${project}`, treatment: 'CO1' });
  expect([answer.status, answer.body.message]).toEqual([
    409,
    `other-${project} has no production model to compare with`,
  ]);
});

test.each([{}, { candidate_weight_percent: 10, policy: 'evidence', success_metric: 'latency', control: 'BO1' }])(
  'an experiment by hand with %j is begun',
  async (terms) => {
    const { status, body } = await post('/api/experiments', { ...wish(), ...terms });
    expectContract('post', '/api/experiments', body);
    expect([status, body]).toMatchObject([202, { slot: 'candidate', version: 'CO2', previous: 'CO1' }]);
    await endDelivery();
  },
);

test('the candidate of the experiment may be promoted by hand, a model in production may not', async () => {
  const promote = (version: string) =>
    api.request.put(`/api/models/${version}/promote`).send({ project, reason: 'people like it' });
  expect((await promote('BO1')).status).toBe(409);
  const { status, body } = await promote('CO1');
  expect([status, body]).toMatchObject([202, { slot: 'production', version: 'CO1', previous: 'BO1' }]);
  await endDelivery();
  const { status: stopping } = await post(`/api/experiments/${running}/stop`, { reason: 'seen enough' });
  expect(stopping).toBe(202);
  await endDelivery();
});

async function approval(state: string, requestedBy: string, expires = '1 hour'): Promise<number> {
  const { rows } = await api.pool.query<{ id: number }>(
    `insert into approvals (project, experiment_id, candidate_version, state, requested_by, reason, expires_at, workflow_id, idempotency_key)
     values ($1, $2, 'CO1', $3, $4, 'it is better', now() + $5::interval, $6, $7) returning id`,
    [project, running, state, requestedBy, expires, `${project}-approval`, `${state} ${requestedBy} ${expires}`],
  );
  return Number(rows[0]!.id);
}

test('an approval that was answered, is too late, or that nobody waits for any more is not answered again', async () => {
  const answers = async (id: number) => {
    const { status, body } = await post(`/api/approvals/${id}/approve`, { reason: 'fine' });
    return [status, body.message];
  };
  const lapsed = await approval('lapsed', 'asha');
  expect(await answers(lapsed)).toEqual([409, `approval ${lapsed} is lapsed already`]);
  const late = await approval('pending', 'asha', '-1 minute');
  expect(await answers(late)).toEqual([409, expect.stringMatching(/had to be answered by/)]);
  await api.pool.query("update approvals set state = 'lapsed' where id = $1", [late]);
  const orphan = await approval('pending', 'asha');
  expect(await answers(orphan)).toEqual([409, `${project}-approval does not run any more`]);
  expect(await audited('approval.approved.refused')).toMatchObject({ subject: `approval ${orphan}`, actor: 'local' });
  const one = await api.request.get(`/api/approvals/${orphan}`);
  expectContract('get', '/api/approvals/:id', one.body);
  expect(one.body).toMatchObject({ state: 'pending', may_approve: true });
  const { body: list } = await api.request.get(`/api/approvals?project=${project}&state=lapsed`);
  expect(list.items.map(({ may_approve }: { may_approve: boolean }) => may_approve)).toEqual([false, false]);
  expect((await answers(999_999))[0]).toBe(404);
});

test('which model was in production when is told, and that there was none', async () => {
  const none = await api.request.get(`/api/production?project=other-${project}`);
  expect([none.status, none.body.message]).toEqual([404, expect.stringContaining('had no model in production at')]);
  const { status } = await api.request.get(`/api/production?project=${project}&at=yesterday`);
  expect(status).toBe(422);
});

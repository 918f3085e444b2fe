import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashPassword } from '../../adapters/auth/password.js';
import { createAccountStore } from '../../adapters/postgres/account-store.js';
import { openAccess } from '../../control/access/access-settings.js';
import { startTestApi, type TestApi } from './api.js';

const PASSWORD = 'correct horse battery staple';
const NEXT = 'a staple of batteries for a horse';
let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({ access: { ...openAccess, on: true } });
  const accounts = createAccountStore(api.pool);
  const hash = await hashPassword(PASSWORD);
  await accounts.create('asha', hash, 'viewer');
  await accounts.create('ravi', hash, 'admin');
});
afterAll(() => api?.stop());

async function signIn(password: string) {
  const { status, body, headers } = await api.request.post('/api/auth/login').send({ name: 'asha', password });
  return { status, cookie: headers['set-cookie']?.[0]?.split(';')[0] ?? '', csrf: String(body.csrf_token) };
}

test('a person changes their password with the present one, and all their sessions end', async () => {
  const [here, elsewhere] = [await signIn(PASSWORD), await signIn(PASSWORD)];
  const change = (password: string, next: string) =>
    api.request
      .post('/api/auth/password')
      .set('Cookie', here.cookie)
      .set('X-CSRF-Token', here.csrf)
      .send({ password, new_password: next });
  const wrong = await change('not my password', NEXT);
  expect([wrong.status, wrong.body.message]).toEqual([401, 'the present password is wrong']);
  expect((await change(PASSWORD, 'short')).status).toBe(422);
  expect((await change(PASSWORD, NEXT)).status).toBe(204);
  for (const { cookie } of [here, elsewhere]) {
    expect((await api.request.get('/api/auth/session').set('Cookie', cookie)).status).toBe(401);
  }
  expect([(await signIn(PASSWORD)).status, (await signIn(NEXT)).status]).toEqual([401, 200]);
  const { rows } = await api.pool.query("select actor, details from audit where action = 'auth.password'");
  expect(rows).toMatchObject([{ actor: 'user:asha' }]);
  expect(JSON.stringify(rows)).not.toContain(NEXT);
});

test.each([
  ['a name and a password', 'Basic YXNoYTpzZWNyZXQ=', /must be Bearer/],
  ['a signed token where none is taken', 'Bearer eyJhbGciOiJIUzI1NiJ9.e30.x', /takes no signed tokens/],
])('%s in the header are refused with what is taken', async (_what, authorization, message) => {
  const { status, body } = await api.request.get('/api/auth/session').set('Authorization', authorization);
  expect([status, body.message]).toEqual([401, expect.stringMatching(message)]);
});

test('a session of nobody is nobody', async () => {
  for (const cookie of ['incumbent_session=made-up', 'other=1']) {
    expect((await api.request.get('/api/auth/session').set('Cookie', cookie)).status).toBe(401);
  }
});

test('with access control off there is nothing to sign in to, no password to change and no session to end', async () => {
  const open = await startTestApi();
  try {
    const login = await open.request.post('/api/auth/login').send({ name: 'asha', password: PASSWORD });
    expect([login.status, login.body.message]).toEqual([409, expect.stringMatching(/AUTH is off/)]);
    const change = await open.request.post('/api/auth/password').send({ password: PASSWORD, new_password: NEXT });
    expect([change.status, change.body.message]).toEqual([409, expect.stringMatching(/only who signed in/)]);
    expect((await open.request.post('/api/auth/logout').send({})).status).toBe(204);
    const session = await open.request.get('/api/auth/session');
    expect(session.body).toMatchObject({ kind: 'local', access_control: false, csrf_token: null });
  } finally {
    await open.stop();
  }
});

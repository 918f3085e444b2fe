import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashPassword, verifyPassword } from '../../adapters/auth/password.js';
import { createAccountStore } from '../../adapters/postgres/account-store.js';
import { openAccess } from '../../control/access/access-settings.js';
import { offerFirstKey } from '../../control/access/first-key.js';
import { readAccess } from '../../control/access/read-access.js';
import { startTestApi, type TestApi } from './api.js';

const PASSWORD = 'correct horse battery staple';
const lines: string[] = [];
let api: TestApi;

beforeAll(async () => {
  const logger = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  api = await startTestApi({ logger, access: { ...openAccess, on: true } });
  const accounts = createAccountStore(api.pool);
  const hash = await hashPassword(PASSWORD);
  await accounts.create('asha', hash, 'admin');
  await accounts.create('ravi', hash, 'operator');
  await accounts.create('mala', hash, 'viewer');
});
afterAll(() => api.stop());

const login = (name: string, password = PASSWORD) => api.request.post('/api/auth/login').send({ name, password });

test('a password hash is scrypt with a salt of its own and matches only its password', async () => {
  const [one, two] = await Promise.all([hashPassword(PASSWORD), hashPassword(PASSWORD)]);
  expect(one).toMatch(/^scrypt\$65536\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
  expect(one).not.toBe(two);
  expect(await verifyPassword(PASSWORD, one)).toBe(true);
  expect(await verifyPassword(`${PASSWORD} `, one)).toBe(false);
  // RFC 7914, section 12: scrypt("pleaseletmein", "SodiumChloride", 16384, 8, 1), its first 32 bytes
  const salt = Buffer.from('SodiumChloride').toString('base64url');
  const hash = Buffer.from('7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2', 'hex').toString(
    'base64url',
  );
  expect(await verifyPassword('pleaseletmein', `scrypt$16384$8$1$${salt}$${hash}`)).toBe(true);
});

test('signing in sets a cookie that scripts cannot read and other sites cannot send', async () => {
  const answer = await login('asha');
  expect(answer.body).toMatchObject({ name: 'user:asha', role: 'admin', access_control: true });
  expect(answer.headers['set-cookie']?.[0]).toMatch(
    /^incumbent_session=[\w-]{43}; Path=\/; Expires=.*; HttpOnly; SameSite=Strict$/,
  );
});

test('a session reads with its cookie alone and changes only with the CSRF token', async () => {
  const { headers, body } = await login('asha');
  const cookie = headers['set-cookie']![0]!.split(';')[0]!;
  expect((await api.request.get('/api/auth/session').set('Cookie', cookie)).body.csrf_token).toBe(body.csrf_token);
  const make = (csrf: string | null) => {
    const sent = api.request.post('/api/auth/keys').set('Cookie', cookie);
    return (csrf === null ? sent : sent.set('X-CSRF-Token', csrf)).send({ name: 'ci', role: 'viewer' });
  };
  expect([(await make(null)).status, (await make('guessed')).status, (await make(body.csrf_token)).status]).toEqual([
    403, 403, 201,
  ]);
});

test('signing out ends the session', async () => {
  const { headers, body } = await login('asha');
  const cookie = headers['set-cookie']![0]!.split(';')[0]!;
  const out = await api.request.post('/api/auth/logout').set('Cookie', cookie).set('X-CSRF-Token', body.csrf_token);
  expect(out.status).toBe(204);
  expect((await api.request.get('/api/auth/session').set('Cookie', cookie)).status).toBe(401);
});

test('wrong names and wrong passwords get the same words', async () => {
  const [wrong, unknown] = [await login('asha', 'not the password'), await login('nobody', 'not the password')];
  expect([wrong.status, unknown.status]).toEqual([401, 401]);
  expect(wrong.body.message).toBe(unknown.body.message);
});

test('five wrong passwords lock the account, also for the right one, until an admin unlocks it', async () => {
  for (let i = 0; i < 5; i++) await login('ravi', 'not the password');
  expect((await login('ravi')).status).toBe(401);
  const { rows } = await api.pool.query("select 1 from audit where action = 'auth.login.locked' and subject = 'ravi'");
  expect(rows.length).toBeGreaterThan(0);
  await createAccountStore(api.pool).change('ravi', {});
  expect((await login('ravi')).status).toBe(200);
});

test('who is given another role or is disabled has no session any more', async () => {
  const cookie = (await login('mala')).headers['set-cookie']![0]!.split(';')[0]!;
  await createAccountStore(api.pool).change('mala', { disabled: true });
  expect((await api.request.get('/api/auth/session').set('Cookie', cookie)).status).toBe(401);
  expect((await login('mala')).status).toBe(401);
});

test('of many admins who saw the same account, one changes it', async () => {
  const accounts = createAccountStore(api.pool);
  await accounts.create('uma', await hashPassword(PASSWORD), 'viewer');
  const { headers, body } = await login('asha');
  const cookie = headers['set-cookie']![0]!.split(';')[0]!;
  const path = '/api/accounts/uma';
  const { etag } = (await api.request.get(path).set('Cookie', cookie)).headers;
  const outcomes = await Promise.all(
    Array.from({ length: 8 }, () =>
      api.request
        .patch(path)
        .set('Cookie', cookie)
        .set('X-CSRF-Token', body.csrf_token)
        .set('If-Match', etag!)
        .send({ role: 'operator' })
        .then(({ status }) => status),
    ),
  );
  expect(outcomes.filter((status) => status === 200)).toHaveLength(1);
  expect(outcomes.filter((status) => status !== 200 && status !== 409 && status !== 412)).toEqual([]);
  expect((await accounts.get('uma')).role).toBe('operator');
});

test('what was read of an account and has changed since is not written over', async () => {
  const accounts = createAccountStore(api.pool);
  const before = await accounts.get('uma');
  for (let i = 0; i < 5; i++) await accounts.failed('uma');
  await expect(accounts.change('uma', { role: 'viewer' }, before)).rejects.toMatchObject({ code: 'CONFLICT' });
  const locked = await accounts.get('uma');
  expect(locked.lockedUntil).not.toBeNull();
  expect(await accounts.change('uma', { role: 'viewer' }, locked)).toMatchObject({ role: 'viewer', lockedUntil: null });
});

test('the last admin stays one', async () => {
  const { headers, body } = await login('asha');
  const cookie = headers['set-cookie']![0]!.split(';')[0]!;
  const answer = await api.request
    .patch('/api/accounts/asha')
    .set('Cookie', cookie)
    .set('X-CSRF-Token', body.csrf_token)
    .send({ role: 'viewer' });
  expect([answer.status, answer.body.message]).toEqual([409, expect.stringContaining('last admin')]);
});

test('no password, key, cookie or token is in the log or in the audit', async () => {
  const { headers, body } = await login('asha');
  const cookie = headers['set-cookie']![0]!.split(';')[0]!;
  const made = await api.request
    .post('/api/auth/keys')
    .set('Cookie', cookie)
    .set('X-CSRF-Token', body.csrf_token)
    .send({ name: 'secret-check', role: 'viewer' });
  await api.request.get('/api/auth/session?token=tell-nobody').set('Authorization', `Bearer ${made.body.key}`);
  const { rows } = await api.pool.query('select row_to_json(audit) as row from audit');
  const written = lines.join('') + JSON.stringify(rows);
  expect(written).toContain('/api/auth/login');
  for (const secret of [PASSWORD, made.body.key, cookie.split('=')[1]!, body.csrf_token, 'tell-nobody']) {
    expect(written).not.toContain(secret);
  }
});

test('the first admin key is offered once, and only where nobody can sign in', async () => {
  const fresh = await startTestApi({ access: { ...openAccess, on: true } });
  try {
    const told: string[] = [];
    expect(await offerFirstKey(fresh.pool, (text) => told.push(text))).toBe(true);
    expect(await offerFirstKey(fresh.pool, (text) => told.push(text))).toBe(false);
    expect(told).toHaveLength(1);
    const key = /inc_\S+/.exec(told[0]!)![0];
    const made = await fresh.request
      .post('/api/accounts')
      .set('Authorization', `Bearer ${key}`)
      .send({ name: 'First', password: PASSWORD, role: 'admin' });
    expect([made.status, made.body.name]).toEqual([201, 'first']);
  } finally {
    await fresh.stop();
  }
});

const variables = {
  AUTH_JWT_ROLE_CLAIM: 'role',
  AUTH_CLOCK_SKEW_SECONDS: 30,
  AUTH_SESSION_HOURS: 12,
  CONTROL_RATE_LIMIT: 6000,
  TRUSTED_PROXIES: 0,
};
const logger = pino({ level: 'silent' });

test('access control is off only where nobody but this machine gets', () => {
  expect(readAccess({ ...variables, HOST: '127.0.0.1' }, logger).on).toBe(false);
  expect(readAccess({ ...variables, HOST: '0.0.0.0' }, logger).on).toBe(true);
  expect(readAccess({ ...variables, HOST: 'localhost', AUTH: 'on' }, logger).on).toBe(true);
  expect(() => readAccess({ ...variables, HOST: '0.0.0.0', AUTH: 'off' }, logger)).toThrow(
    'only allowed on a loopback',
  );
});

test('signed tokens are not taken without saying from whom and for whom', () => {
  const AUTH_JWT_SECRET = ['a shared secret of more than 32 characters'];
  expect(() => readAccess({ ...variables, HOST: 'localhost', AUTH_JWT_SECRET }, logger)).toThrow('AUTH_JWT_ISSUER');
});

test('with access control off, pages of other sites and foreign host names are refused', async () => {
  const open = await startTestApi();
  try {
    const ask = () => open.request.get('/api/auth/session');
    expect((await ask()).body).toMatchObject({ name: 'local', role: 'admin', access_control: false });
    expect((await ask().set('Origin', 'http://localhost:6500')).status).toBe(200);
    expect((await ask().set('Origin', 'https://evil.example')).status).toBe(403);
    expect((await ask().set('Host', 'rebound.evil.example:6600')).status).toBe(403);
  } finally {
    await open.stop();
  }
});

test('only listed origins may read answers from a browser', async () => {
  const corsOrigins = ['https://ops.example.com'];
  const cross = await startTestApi({ access: { ...openAccess, corsOrigins } });
  try {
    const ask = (origin: string) => cross.request.get('/api/health').set('Origin', origin);
    expect((await ask('https://ops.example.com')).headers['access-control-allow-origin']).toBe(
      'https://ops.example.com',
    );
    expect((await ask('https://ops.example.com.evil')).headers['access-control-allow-origin']).toBeUndefined();
    const preflight = await cross.request
      .options('/api/deploy')
      .set('Origin', 'https://ops.example.com')
      .set('Access-Control-Request-Method', 'POST');
    expect([preflight.status, preflight.headers['access-control-allow-methods']]).toEqual([
      204,
      expect.stringContaining('POST'),
    ]);
  } finally {
    await cross.stop();
  }
});

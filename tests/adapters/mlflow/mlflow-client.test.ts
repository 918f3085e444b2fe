import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createMlflowClient, type MlflowSettings } from '../../../adapters/mlflow/mlflow-client.js';
import { ConflictError, InvalidInputError, NotFoundError, UnavailableError } from '../../../core/errors.js';

let server: Server;
let host: string;
let seen: { url: string; headers: IncomingHttpHeaders }[];
let answer: { status: number; body: string; headers?: Record<string, string> };

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push({ url: request.url ?? '', headers: request.headers });
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  seen = [];
  answer = { status: 200, body: '{}' };
});
afterAll(() => void server.close());

const client = (settings: Partial<MlflowSettings> = {}) =>
  createMlflowClient({ uri: `http://${host}`, timeoutMs: 1_000, ...settings });

test.each<[string, Partial<MlflowSettings>, string | undefined]>([
  ['nothing', {}, undefined],
  [
    'user name and password',
    { username: 'ann', password: 'p:w' },
    `Basic ${Buffer.from('ann:p:w').toString('base64')}`,
  ],
  ['a token before a password', { username: 'ann', password: 'pw', token: 'tok' }, 'Bearer tok'],
])('signs in with %s', async (_, settings, expected) => {
  await client(settings).post('runs/create', {});
  expect(seen[0]?.headers.authorization).toBe(expected);
});

test('credentials and a path in the address are used, and the address is told without them', async () => {
  const { server: shown, get } = client({ uri: `http://ann:s%20cret@${host}/ml/` });
  await get('experiments/get-by-name', { experiment_name: 'a b' });
  expect(seen[0]?.url).toBe('/ml/api/2.0/mlflow/experiments/get-by-name?experiment_name=a+b');
  expect(seen[0]?.headers.authorization).toBe(`Basic ${Buffer.from('ann:s cret').toString('base64')}`);
  expect(shown).toBe(`http://${host}/ml`);
});

const told = (code: string) => JSON.stringify({ error_code: code, message: 'why' });
test.each([
  [404, told('RESOURCE_DOES_NOT_EXIST'), NotFoundError],
  [400, told('RESOURCE_ALREADY_EXISTS'), ConflictError],
  [400, told('INVALID_PARAMETER_VALUE'), InvalidInputError],
  [401, 'You are not authenticated', UnavailableError],
  [403, told('PERMISSION_DENIED'), UnavailableError],
  [429, told('REQUEST_LIMIT_EXCEEDED'), UnavailableError],
  [503, '<html>', UnavailableError],
  [404, '<html>another server</html>', UnavailableError],
  [200, '<html>another server</html>', UnavailableError],
  [302, '', UnavailableError],
])('an answer of %i %s is told apart', async (status, body, expected) => {
  answer = { status, body, headers: status === 302 ? { location: 'http://127.0.0.1:1/' } : {} };
  const failure = await client({ token: 'very-secret' })
    .post('runs/create', {})
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(expected);
  expect(String(failure)).toContain(host);
  expect(String(failure)).not.toContain('very-secret');
});

test('no answer in time, and nobody there, are the server being away', async () => {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const uri = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  await expect(client({ uri, timeoutMs: 100 }).post('runs/create', {})).rejects.toBeInstanceOf(UnavailableError);
  silent.closeAllConnections();
  await new Promise((resolve) => silent.close(resolve));
  await expect(client({ uri }).post('runs/create', {})).rejects.toBeInstanceOf(UnavailableError);
});

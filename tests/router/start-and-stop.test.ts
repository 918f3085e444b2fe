import { execFile } from 'node:child_process';
import { access, chmod, chown, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { pino } from 'pino';
import { describe, expect } from 'vitest';
import { InvalidInputError, UnavailableError } from '../../core/errors.js';
import { createNginxRouter } from '../../router/nginx-router.js';
import { call, type Echo } from './support/call.js';
import { test } from './support/fixtures.js';
import { KINDS, type Kind, makeRouter, nginxPath, stateWith } from './support/routers.js';

const run = promisify(execFile);

describe.each(KINDS)('%s', (kind: Kind) => {
  test('a graceful stop finishes the requests in flight and takes no new ones', async ({ service, route }) => {
    const production = await service('production');
    production.behave(async (_, response) => {
      await sleep(500);
      response.setHeader('x-variant', 'production');
      response.end('{"done":true}');
    });
    const { port, router, exits } = await route(kind, stateWith({ production: [production.address] }));
    const inFlight = Array.from({ length: 5 }, () => call(port));
    await expect.poll(() => production.received.length).toBe(5);
    const stopped = router.stop({ graceMs: 5_000 });
    await sleep(100);
    await expect(call(port)).rejects.toThrow('ECONNREFUSED');
    const answers = await Promise.all(inFlight);
    expect(answers.map(({ status, body }) => [status, body.toString()])).toEqual(
      Array.from({ length: 5 }, () => [200, '{"done":true}']),
    );
    await stopped;
    expect(exits).toEqual([]);
    await router.stop();
  });

  test('a stop does not wait longer than its grace', async ({ service, route }) => {
    const production = await service('production');
    production.behave(() => {});
    const { port, router } = await route(kind, stateWith({ production: [production.address] }));
    const cut = call(port).then(
      () => 'answered',
      () => 'cut',
    );
    await expect.poll(() => production.received.length).toBe(1);
    const started = performance.now();
    await router.stop({ graceMs: 200 });
    expect(performance.now() - started).toBeLessThan(2_500);
    expect(await cut).toBe('cut');
  });

  test('a port in use is an error that names the port', async () => {
    const blocker = createServer();
    const { router, port, end } = await makeRouter(kind);
    await new Promise<void>((resolve) => blocker.listen(port, '127.0.0.1', resolve));
    try {
      const refused = router.start(stateWith());
      await expect(refused).rejects.toThrow(UnavailableError);
      await expect(refused).rejects.toThrow(String(port));
      await expect(refused).rejects.toThrow(/in use/i);
    } finally {
      blocker.close();
      await end();
    }
  }, 15_000);

  test('a router that was stopped can be started again', async ({ service, route }) => {
    const production = await service('production');
    const { port, router } = await route(kind, stateWith({ production: [production.address] }));
    await router.stop();
    await router.start(stateWith({ production: [production.address], generation: 9 }));
    expect([router.generation(), (await call(port)).status]).toEqual([9, 200]);
  });

  test('before its start it says what it is and refuses a change; it starts once', async () => {
    const { router, port, end } = await makeRouter(kind);
    expect([router.kind, router.generation(), router.port()]).toEqual([kind, -1, port]);
    expect(router.version()).toMatch(new RegExp(`^${kind}`));
    await expect(router.apply(stateWith())).rejects.toThrow(UnavailableError);
    await router.start(stateWith());
    await expect(router.start(stateWith())).rejects.toThrow('running already');
    await end();
  });

  test('an address that is not this machine’s is an error', async () => {
    // 192.0.2.0/24 is for documentation (RFC 5737)
    const { router, end } = await makeRouter(kind, { host: '192.0.2.1' });
    await expect(router.start(stateWith())).rejects.toThrow('192.0.2.1');
    await end();
  });

  test('serves TLS with the certificate given', async ({ service, route }) => {
    const production = await service('production');
    const { directory, end } = await makeRouter(kind);
    const certificatePath = join(directory, 'certificate.pem');
    const keyPath = join(directory, 'key.pem');
    await run('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'],
      ...['-subj', '/CN=localhost', '-keyout', keyPath, '-out', certificatePath],
    ]);
    const state = stateWith({ production: [production.address] });
    const { port, router } = await route(kind, state, { tls: { certificatePath, keyPath } });
    await router.apply({ ...state, generation: 2 });
    const answer = await call(port, { tls: true });
    expect(answer.json<Echo>().headers['x-forwarded-proto']).toBe('https');
    expect(answer.headers['strict-transport-security']).toBe('max-age=31536000');
    expect(answer.headers['set-cookie']?.[0]).toMatch(/; Secure$/);
    await end();
  });

  test('a certificate that is not there is refused', async () => {
    const { router, end } = await makeRouter(kind, {
      tls: { certificatePath: '/nowhere/certificate.pem', keyPath: '/nowhere/key.pem' },
    });
    await expect(router.start(stateWith())).rejects.toThrow(InvalidInputError);
    await end();
  });
});

test('nginx that is killed is reported once, leaves the port free and can be started again', async ({
  service,
  route,
}) => {
  const production = await service('production');
  const state = stateWith({ production: [production.address] });
  const { port, router, directory, exits } = await route('nginx', state);
  process.kill(Number(await readFile(join(directory, 'nginx.pid'), 'utf8')), 'SIGKILL');
  await expect.poll(() => exits).toEqual([expect.objectContaining({ code: null, signal: 'SIGKILL' })]);
  await expect(router.apply({ ...state, generation: 2 })).rejects.toThrow('not running');
  await router.start(state);
  expect((await call(port)).status).toBe(200);
  expect(exits).toHaveLength(1);
});

test('nginx that does not take a change up in time keeps the one before, and goes on from there', async ({
  service,
  route,
}) => {
  const production = await service('production');
  const state = stateWith({ production: [production.address] });
  const { router, port, directory } = await route('nginx', state, { confirmTimeoutMs: 1_500 });
  const master = Number(await readFile(join(directory, 'nginx.pid'), 'utf8'));
  process.kill(master, 'SIGSTOP');
  const late = router.apply({ ...state, generation: 2, candidateWeightPercent: 50 });
  await expect(late).rejects.toThrow('generation 2 was not live within 1500 ms; generation 1 stays');
  process.kill(master, 'SIGCONT');
  expect([router.generation(), (await call(port)).status]).toEqual([1, 200]);
  await router.apply({ ...state, generation: 3, candidateWeightPercent: 40 });
  expect(router.generation()).toBe(3);
  expect((await call(port, { method: 'GET', path: '/router/state' })).json()).toMatchObject({
    generation: 3,
    candidateWeightPercent: 40,
  });
});

test.for([
  ['ends at once', 'echo "no more memory" >&2; exit 7', 'does not start on port %d: no more memory'],
  ['ends without a word', 'exit 7', 'does not start on port %d: nginx ended without a word'],
  ['does not answer', 'exec sleep 60', 'runs but port %d did not answer as it within 300 ms'],
])('an nginx that %s is an error that says so', async ([, script, message]) => {
  const { directory, port, end } = await makeRouter('nginx');
  const path = join(directory, 'nginx-that-fails');
  // it passes the checks of its version and of the configuration
  const checks = `for one in "$@"; do case "$one" in -v|-t) exec ${nginxPath()} "$@";; esac; done`;
  await writeFile(path, `#!/bin/sh\n${checks}\n${script}\n`, { mode: 0o755 });
  const logger = pino({ level: 'silent' });
  const router = createNginxRouter({ directory, port, nginxPath: path, confirmTimeoutMs: 300, logger });
  await expect(router.start(stateWith())).rejects.toThrow(message!.replace('%d', String(port)));
  await router.stop();
  await end();
});

test('nginx needs a port of its own', () => {
  const free = { directory: '/nowhere', port: 0, logger: pino({ level: 'silent' }) };
  expect(() => createNginxRouter(free)).toThrow('nginx needs a port of 1..65535, got 0');
});

test('nginx left behind by a router that was killed is replaced', async ({ service, route }) => {
  const production = await service('production');
  const { port, directory, exits } = await route('nginx', stateWith({ production: [production.address] }));
  const orphan = Number(await readFile(join(directory, 'nginx.pid'), 'utf8'));
  const successor = createNginxRouter({
    directory,
    port,
    host: '127.0.0.1',
    nginxPath: nginxPath(),
    logger: pino({ level: 'silent' }),
  });
  try {
    await successor.start(stateWith({ production: [production.address], generation: 2 }));
    expect((await call(port, { method: 'GET', path: '/router/health' })).json()).toMatchObject({ generation: 2 });
    expect(() => process.kill(orphan, 0)).toThrow('ESRCH');
    expect(exits).toHaveLength(1);
  } finally {
    await successor.stop();
  }
});

test('a program that is not nginx is refused by name', async () => {
  for (const wrong of ['/no/such/nginx', process.execPath]) {
    const { directory, port, end } = await makeRouter('nginx');
    const router = createNginxRouter({ directory, port, nginxPath: wrong, logger: pino({ level: 'silent' }) });
    await expect(router.start(stateWith())).rejects.toThrow(`${wrong} cannot be used as nginx`);
    await end();
  }
});

/** nginx as a user without privileges: as it is, or, where the tests run as root, through a wrapper. */
async function asNormalUser(directory: string): Promise<string> {
  if (process.getuid?.() !== 0) return nginxPath();
  const nobody = 65_534;
  const wrapper = join(directory, 'nginx-as-nobody');
  const drop = `setpriv --reuid=${nobody} --regid=${nobody} --clear-groups`;
  await writeFile(wrapper, `#!/bin/sh\nexec ${drop} ${nginxPath()} "$@"\n`, { mode: 0o755 });
  await mkdir(join(directory, 'own'));
  await chown(join(directory, 'own'), nobody, nobody);
  return wrapper;
}

test.for(['as it is', 'as a normal user'])('nginx %s keeps everything in its folder', async (how, { service }) => {
  const production = await service('production');
  const { directory: outer, port, end } = await makeRouter('nginx');
  await chmod(outer, 0o711);
  const path = how === 'as it is' ? nginxPath() : await asNormalUser(outer);
  const directory = join(outer, 'own');
  const router = createNginxRouter({ directory, port, nginxPath: path, logger: pino({ level: 'silent' }) });
  try {
    const state = stateWith({ production: [production.address] });
    await router.start(state);
    await router.apply({ ...state, generation: 2 });
    // larger than client_body_buffer_size: spooled to the folder by a worker, whoever that runs as
    expect((await call(port, { body: 'x'.repeat(900_000) })).status).toBe(200);
    for (const name of ['nginx.conf', 'nginx.pid', 'error.log', 'access.log', 'client-body', 'proxy']) {
      await access(join(directory, name));
    }
    const errors = await readFile(join(directory, 'error.log'), 'utf8');
    expect(errors).not.toMatch(/\[(emerg|alert|crit)\]/);
  } finally {
    await router.stop();
    await end();
  }
});

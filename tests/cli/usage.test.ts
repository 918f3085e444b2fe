import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { completionScript } from '../../cli/completion.js';
import { createProgram } from '../../cli/program.js';
import { serverEvents } from '../../cli/server-events.js';
import { facts, table } from '../../cli/table.js';
import { runCli } from './run-cli.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'incumbent-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const cli = (argumentList: string[], env: NodeJS.ProcessEnv = {}) =>
  runCli(argumentList, { env: { XDG_CONFIG_HOME: folder, ...env } });

test('nobody at the address is said in one sentence, with what to do', async () => {
  const { code, stdout, stderr } = await cli(['status'], { INCUMBENT_URL: 'http://127.0.0.1:1' });
  expect([code, stdout]).toEqual([5, '']);
  expect(stderr).toMatch(/^the control API at http:\/\/127\.0\.0\.1:1 does not answer: .*\n.*INCUMBENT_URL/);
});

test('a server that is no control API is recognised', async () => {
  const answers: [number, string][] = [
    [200, '<html>hello</html>'],
    [502, '<html>bad gateway</html>'],
  ];
  const server: Server = createServer((_request, response) => {
    const [status, body] = answers.shift()!;
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const html = await cli(['--url', url, 'status']);
  expect([html.code, html.stderr]).toEqual([5, expect.stringContaining('is not a control API')]);
  const gateway = await cli(['--url', url, 'status']);
  expect([gateway.code, gateway.stderr]).toEqual([5, expect.stringContaining('502')]);
  server.close();
});

test.each([
  ['an unknown command', ['mudels']],
  ['an unknown option', ['status', '--loud']],
  ['a missing argument', ['models', 'show']],
  ['a seed that is none', ['train', '--seed', '-1']],
  ['a limit out of range', ['models', '--limit', '1000']],
  ['an address that is none', ['--url', 'localhost', 'status']],
  ['an address of another kind', ['--url', 'file:///etc/passwd', 'status']],
  ['an unknown shell', ['completion', 'tcsh']],
])('%s is a usage error', async (_, argumentList) => {
  const { code, stdout, stderr } = await cli(argumentList);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).not.toMatch(/\n\s+at /);
});

test('login without a terminal says which options to use', async () => {
  const { code, stderr } = await cli(['login'], { INCUMBENT_URL: 'http://127.0.0.1:1' });
  expect([code, stderr]).toEqual([2, expect.stringContaining('--token-stdin')]);
});

test('what others wrote cannot steer the terminal, and columns stay in line', () => {
  const text = table(
    ['NAME', 'ROWS'],
    [
      ['a\u001b[2Jb\nc', 5],
      ['long name', 12_000],
      [null, null],
    ],
  );
  expect(text.split('\n')).toEqual([
    'NAME        ROWS',
    '─────────  ─────',
    'a [2Jb c       5',
    'long name  12000',
    '–              –',
  ]);
  expect(
    facts([
      ['a', 0.123_456_789],
      ['longer', false],
    ]),
  ).toBe('a       0.12346\nlonger  no');
});

test('events that arrive in pieces are put together', async () => {
  const bytes = new TextEncoder().encode(
    'id: 1\nevent: line\ndata: {"message":"größer"}\n\n: still here\n\nevent: end\ndata: {}\n\n',
  );
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += 3) yield bytes.subarray(at, at + 3);
  }
  const events = [];
  for await (const event of serverEvents(pieces())) events.push(event);
  expect(events).toEqual([
    { id: '1', event: 'line', data: { message: 'größer' } },
    { id: null, event: 'end', data: {} },
  ]);
});

/** What bash offers for a line that ends where the cursor is. */
function bashOffers(script: string, line: string[]): string[] {
  const file = join(folder, 'completion.bash');
  writeFileSync(file, script);
  const command = `source ${file}; COMP_WORDS=(incumbent "$@"); COMP_CWORD=$#; _incumbent; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', command, 'bash', ...line], { encoding: 'utf8' })
    .split('\n')
    .filter(Boolean);
}

test('bash completes commands, subcommands and options', () => {
  const script = completionScript('bash', createProgram());
  expect(bashOffers(script, ['mod'])).toEqual(['models']);
  expect(bashOffers(script, ['models', 'co'])).toEqual(['compare']);
  expect(bashOffers(script, ['models', 'list', '--st'])).toEqual(['--state']);
  expect(bashOffers(script, ['--json', 'experiments', 'd'])).toEqual(['decisions']);
});

test('fish completes the same', () => {
  const file = join(folder, 'completion.fish');
  writeFileSync(file, completionScript('fish', createProgram()));
  const offers = (line: string) =>
    execFileSync('fish', ['--no-config', '-c', `source ${file}; complete -C ${JSON.stringify(line)}`], {
      encoding: 'utf8',
    })
      .split('\n')
      .map((offer) => offer.split('\t')[0])
      .filter(Boolean);
  expect(offers('incumbent mod')).toEqual(['models']);
  expect(offers('incumbent models com')).toEqual(['compare']);
  expect(offers('incumbent models list --sta')).toContain('--state');
});

test('zsh takes the script and knows the command', () => {
  const file = join(folder, 'completion.zsh');
  writeFileSync(file, completionScript('zsh', createProgram()));
  const command = `source ${file} && print -r -- $_comps[incumbent]`;
  expect(execFileSync('zsh', ['-f', '-c', command], { encoding: 'utf8' })).toContain('_incumbent');
});

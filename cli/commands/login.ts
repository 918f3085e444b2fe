import type { Command } from 'commander';
import { ask, lineFromStdin } from '../ask.js';
import { apiAddress, createContext } from '../context.js';
import { createControlApi } from '../control-api.js';
import { type Credential, findCredential, forgetCredential, keepCredential } from '../credentials.js';
import { CliError, exitCodes } from '../exit-codes.js';
import { facts } from '../table.js';

interface Session {
  name: string;
  role: string;
  access_control: boolean;
}

interface LoginOptions {
  readonly user?: string;
  readonly passwordStdin?: boolean;
  readonly tokenStdin?: boolean;
}

async function withPassword(url: string, name: string, password: string): Promise<Credential> {
  const api = createControlApi(url, null);
  const response = await api.send('POST', 'auth/login', { body: { name, password } });
  const { csrf_token: csrfToken, expires_at: expiresAt } = (await response.json()) as {
    csrf_token: string;
    expires_at: string;
  };
  const session = response.headers.getSetCookie()[0]?.split(';')[0];
  if (!session) throw new CliError(exitCodes.refused, `${url} signed ${name} in without a session`);
  return { session, csrfToken, expiresAt };
}

async function credential(url: string, { user, passwordStdin, tokenStdin }: LoginOptions): Promise<Credential> {
  if (tokenStdin) return { token: await lineFromStdin() };
  if (user !== undefined)
    return withPassword(url, user, passwordStdin ? await lineFromStdin() : await ask('password: ', true));
  const token = await ask('API key or token (empty: sign in with a name and a password): ', true);
  if (token !== '') return { token };
  return withPassword(url, await ask('name: '), await ask('password: ', true));
}

const sessionText = ({ name, role, access_control: on }: Session) =>
  facts([
    ['signed in as', name],
    ['role', role],
    ['access control', on ? 'on' : 'off: everybody on that machine is admin'],
  ]);

export function addLogin(program: Command): void {
  program
    .command('login')
    .description('sign in to a control API; the credential is kept in a file that only you can read')
    .option('--user <name>', 'sign in with this name and a password')
    .option('--password-stdin', 'with --user: read the password from standard input')
    .option('--token-stdin', 'read an API key or token from standard input')
    .action(async (options: LoginOptions, command: Command) => {
      const context = createContext(command);
      const url = apiAddress(context.api.url);
      const given = await credential(url, options);
      const session = await createControlApi(url, given).get<Session>('auth/session');
      const file = keepCredential(url, given);
      context.print(session, sessionText);
      context.tell(`kept in ${file}`);
    });
  program
    .command('logout')
    .description('forget the credential; the session of a person ends')
    .action(async (_options: unknown, command: Command) => {
      const context = createContext(command);
      const { url } = context.api;
      const kept = findCredential(url, { ...process.env, INCUMBENT_TOKEN: '' });
      try {
        if (kept && 'session' in kept) await createControlApi(url, kept).post('auth/logout', {});
      } catch (error) {
        // a session that has ended needs no ending
        if (!(error instanceof CliError && error.exitCode === exitCodes.access)) throw error;
      } finally {
        forgetCredential(url);
      }
      context.print({ url, signed_out: kept !== null }, () =>
        kept ? `signed out of ${url}` : `was not signed in to ${url}`,
      );
    });
  program
    .command('whoami')
    .description('who you are to the control API')
    .action(async (_options: unknown, command: Command) => {
      const context = createContext(command);
      context.print(await context.api.get<Session>('auth/session'), sessionText);
    });
}

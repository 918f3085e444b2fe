import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** How one control API is signed in to: a key or token, or the session of a person. */
export type Credential =
  | { readonly token: string }
  | { readonly session: string; readonly csrfToken: string; readonly expiresAt: string };

type Credentials = Readonly<Record<string, Credential>>;

/** `$XDG_CONFIG_HOME/incumbent/credentials.json`, `~/.config/…` without the variable. */
function credentialsFile(env: NodeJS.ProcessEnv = process.env): string {
  return join(env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'incumbent', 'credentials.json');
}

function read(file: string): Credentials {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Credentials;
  } catch {
    return {}; // none yet, or not one of ours: signing in writes it anew
  }
}

/** A reader finds the old file or the new one, and nobody else may read either. */
function write(file: string, credentials: Credentials): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
}

/** What is kept for the control API at `url`: INCUMBENT_TOKEN before the file. */
export function findCredential(url: string, env: NodeJS.ProcessEnv = process.env): Credential | null {
  if (env.INCUMBENT_TOKEN) return { token: env.INCUMBENT_TOKEN };
  return read(credentialsFile(env))[url] ?? null;
}

export function keepCredential(url: string, credential: Credential): string {
  const file = credentialsFile();
  write(file, { ...read(file), [url]: credential });
  return file;
}

export function forgetCredential(url: string): void {
  const file = credentialsFile();
  const { [url]: forgotten, ...others } = read(file);
  if (forgotten) write(file, others);
}

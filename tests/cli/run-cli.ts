import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../cli/incumbent.mjs', import.meta.url));

export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command as a user does: another process, with nothing on standard input but `input`. */
export async function runCli(
  argumentList: readonly string[],
  { env = {}, input = '' }: { env?: NodeJS.ProcessEnv; input?: string } = {},
): Promise<CliResult> {
  const { INCUMBENT_URL, INCUMBENT_TOKEN, ...inherited } = process.env;
  const child = spawn(process.execPath, [program, ...argumentList], { env: { ...inherited, ...env } });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      texts[name] += chunk;
    });
  }
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number];
  return { code, ...texts };
}

import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { CliError, exitCodes } from './exit-codes.js';

/** The first line of standard input, for scripts that hand over a secret. */
export async function lineFromStdin(): Promise<string> {
  for await (const line of createInterface({ input: process.stdin })) return line.trim();
  throw new CliError(exitCodes.usage, 'standard input is empty');
}

/**
 * Asks on the terminal.
 * @param secret what is typed is not shown
 * @throws {CliError} where there is no terminal
 */
export async function ask(question: string, secret = false): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new CliError(exitCodes.usage, 'no terminal to ask on: use --token-stdin, or --user with --password-stdin');
  }
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: secret ? silent : process.stderr, terminal: true });
  try {
    return await new Promise((resolve, reject) => {
      lines.once('line', (line) => resolve(line.trim()));
      lines.once('close', () => reject(new CliError(exitCodes.usage, 'nothing was entered')));
    });
  } finally {
    lines.close();
    if (secret) process.stderr.write('\n');
  }
}

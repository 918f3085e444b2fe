import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { InvalidInputError, UnavailableError } from '../../core/errors.js';

const run = promisify(execFile);

function outputOf(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message: string };
  return (stderr?.trim() || message).replaceAll('\n', '; ');
}

/**
 * @returns for example `1.22.1`
 * @throws {UnavailableError} when the program is not there or is not nginx
 */
export async function nginxVersion(nginxPath: string): Promise<string> {
  try {
    const { stderr } = await run(nginxPath, ['-v'], { timeout: 10_000 });
    const version = /nginx\/([\d.]+)/.exec(stderr)?.[1];
    if (version !== undefined) return version;
    throw new Error(`it answered ${JSON.stringify(stderr.slice(0, 200))} to -v`);
  } catch (cause) {
    throw new UnavailableError(`${nginxPath} cannot be used as nginx: ${outputOf(cause)}`, { cause });
  }
}

/** @throws {InvalidInputError} with nginx's own words when it would not accept the file */
export async function checkConfiguration(nginxPath: string, directory: string, file: string): Promise<void> {
  try {
    await run(nginxPath, ['-t', '-q', '-p', directory, '-e', 'stderr', '-c', file], { timeout: 30_000 });
  } catch (cause) {
    throw new InvalidInputError(`nginx refuses the configuration: ${outputOf(cause)}`, [], { cause });
  }
}

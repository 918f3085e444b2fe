import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Whether nginx processes of this directory are left in the process group. A master names its directory; workers
 * without a master are what a killed master leaves behind, and they still hold the port.
 */
async function isOurs(group: number, directory: string): Promise<boolean> {
  const { stdout } = await run('ps', ['-A', '-o', 'pgid=,command=']).catch(() => ({ stdout: '' }));
  const commands = stdout
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(nginx: .*)$/.exec(line))
    .filter((found) => Number(found?.[1]) === group)
    .map((found) => found![2]!);
  const master = commands.find((command) => command.startsWith('nginx: master process'));
  return master === undefined ? commands.length > 0 : master.includes(` -p ${directory} `);
}

/**
 * Ends the nginx that an earlier, killed router left behind: it would hold the port.
 *
 * @returns its process group, or null when there was none
 */
export async function stopStaleNginx(directory: string, waitMs = 3_000): Promise<number | null> {
  const text = await readFile(join(directory, 'nginx.pid'), 'utf8').catch(() => '');
  const group = Number(text.trim());
  if (!Number.isInteger(group) || group <= 1 || !(await isOurs(group, directory))) return null;
  process.kill(-group, 'SIGQUIT');
  const deadline = performance.now() + waitMs;
  while (await isOurs(group, directory)) {
    if (performance.now() > deadline) process.kill(-group, 'SIGKILL');
    await sleep(50);
  }
  return group;
}

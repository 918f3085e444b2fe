import { execFileSync } from 'node:child_process';

/**
 * The first of the names that is on PATH.
 * @throws {Error} when none is: these suites need the real tools, and say which packages bring them
 */
export function requireTool(...names: string[]): string {
  for (const name of names) {
    try {
      return execFileSync('sh', ['-c', 'command -v "$0"', name], { encoding: 'utf8' }).trim();
    } catch {
      // try the next name
    }
  }
  throw new Error(
    `${names.join(' or ')} is not on PATH: install Prometheus and Alertmanager (Debian: apt-get install prometheus prometheus-alertmanager)`,
  );
}

/** Runs a tool; on failure the error carries what it printed. */
export function run(tool: string, ...args: string[]): string {
  try {
    return execFileSync(tool, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${tool} ${args.join(' ')}\n${stdout}${stderr}`, { cause: error });
  }
}

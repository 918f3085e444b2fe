import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Names this boot of the machine: the same until it restarts. */
export function bootId(): string {
  try {
    if (process.platform === 'linux') return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return execFileSync('sysctl', ['-n', 'kern.boottime'], { encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}

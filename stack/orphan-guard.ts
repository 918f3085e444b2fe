import { spawn } from 'node:child_process';

/** Ends processes when this one is gone without having stopped them. */
export interface OrphanGuard {
  watch(pid: number): void;
  /** Takes the guard away: everything has been stopped in order. */
  dismiss(): void;
}

/**
 * A small shell that reads pids from a pipe. The pipe closes when this process ends, however it ends; the shell then
 * interrupts what it was told of, newest first, and kills what is left after some seconds.
 */
export function startOrphanGuard(): OrphanGuard {
  const script = `while read -r pid; do pids="$pid $pids"; done
for pid in $pids; do kill -INT "$pid"; done
sleep 5
for pid in $pids; do kill -KILL "-$pid"; done`;
  const shell = spawn('/bin/sh', ['-c', script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'], cwd: '/' });
  shell.on('error', () => undefined);
  shell.stdin.on('error', () => undefined);
  shell.unref();
  (shell.stdin as unknown as { unref(): void }).unref();
  return {
    watch: (pid) => void shell.stdin.write(`${pid}\n`),
    dismiss: () => void shell.kill('SIGKILL'),
  };
}

import { readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

/** Processes that this one started, by id. */
export function childProcesses(): ReadonlySet<number> {
  const text = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8');
  return new Set(text.split(' ').filter(Boolean).map(Number));
}

/** Seconds of processor time, user and system, that a process has used so far. */
export function processorSeconds(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // the name, in brackets, may hold spaces
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/**
 * When a process started, as an opaque token: a pid together with it names one process for good,
 * although pids are reused. Null when no such process runs (a zombie does not).
 *
 * @param {number} pid
 * @returns {string | null}
 */
export function processStart(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return null;
  return process.platform === 'linux' ? startFromProc(pid) : startFromPs(pid);
}

/**
 * Whether the very process that had this pid and start token still runs.
 *
 * @param {number} pid
 * @param {string | null} startedAt
 * @returns {boolean}
 */
export function isSameProcess(pid, startedAt) {
  const now = processStart(pid);
  return now !== null && (startedAt === null || now === startedAt);
}

/**
 * Whether a process group still has a member that runs. Members that have ended and wait for their parent to take
 * notice, which may be long for orphans in a container, do not count.
 *
 * @param {number} group
 * @returns {boolean}
 */
export function groupRuns(group) {
  if (process.platform === 'linux') {
    return readdirSync('/proc').some((name) => /^\d/.test(name) && readStat(name)?.group === group);
  }
  try {
    process.kill(-group, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function startFromProc(pid) {
  return readStat(pid)?.startedAt ?? null;
}

/** Null for a process that is not there or has ended. */
function readStat(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // the command in parentheses may hold spaces: count the fields after it
    // (proc(5): 3 is the state, 5 the process group, 22 the start time)
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : { group: Number(fields[2]), startedAt: `${fields[19]}` };
  } catch {
    return null;
  }
}

function startFromPs(pid) {
  try {
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return line === '' || line.startsWith('Z') ? null : line.slice(line.indexOf(' ')).trim();
  } catch {
    return null;
  }
}

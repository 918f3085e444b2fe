export function processStart(pid: number): string | null;
export function isSameProcess(pid: number, startedAt: string | null): boolean;
export function groupRuns(group: number): boolean;

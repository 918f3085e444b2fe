export type Lock = { acquired: true; release: () => void } | { acquired: false; pid: number };
export function tryLock(path: string): Lock;
export function lockHolder(path: string): number | null;
export function withLock<T>(path: string, work: () => Promise<T>, onWait?: (pid: number) => void): Promise<T>;

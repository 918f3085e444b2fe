import { spawn } from 'node:child_process';

interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly uid?: number;
  readonly gid?: number;
  readonly onLine?: (line: string) => void;
  /** Ends the command when it is aborted. */
  readonly signal?: AbortSignal;
}

/**
 * Runs a command to its end.
 *
 * @param options.onLine told every line of stdout and stderr as it comes
 * @returns what it wrote to stdout, trimmed
 * @throws {Error} if it cannot be started or does not exit with 0; the message ends with its last lines of stderr
 */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { onLine, ...spawnOptions } = options;
  return new Promise((done, fail) => {
    const child = spawn(command, [...args], { ...spawnOptions, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = { stdout: '', stderr: '' };
    const lines = lineSplitter(onLine ?? (() => undefined));
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (text: string) => {
        output[stream] += text;
        lines(text);
      });
    }
    child.on('error', fail);
    child.on('close', (code, signal) => {
      if (code === 0) return done(output.stdout.trim());
      const tail = output.stderr.trim().split('\n').slice(-5).join('\n');
      fail(new Error(`${command} ${args[0] ?? ''} ended with ${signal ?? `code ${code}`}${tail && `: ${tail}`}`));
    });
  });
}

/** Turns chunks of text into whole lines. */
export function lineSplitter(onLine: (line: string) => void): (text: string) => void {
  let rest = '';
  return (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') onLine(line);
  };
}

import type { Command } from 'commander';
import { type ControlApi, createControlApi } from './control-api.js';
import { CliError, exitCodes } from './exit-codes.js';

/** What every command works with. */
export interface CliContext {
  readonly api: ControlApi;
  readonly json: boolean;
  /** The project that was named, else the first that the API has. */
  project(): Promise<string>;
  /** Prints an answer: as it came with --json, else as `text` says it. */
  print<T>(answer: T, text: (answer: T) => string): void;
  /** Says something on the way, on standard error; nothing with --json. */
  tell(message: string): void;
}

interface GlobalOptions {
  readonly url: string;
  readonly project?: string;
  readonly json?: boolean;
}

/** The address as `login` keeps it: no path, no slash at the end. */
export function apiAddress(given: string): string {
  if (!URL.canParse(given) || !/^https?:$/.test(new URL(given).protocol)) {
    throw new CliError(exitCodes.usage, `--url is ${given}: expected an address such as http://localhost:6600`);
  }
  return new URL(given).href.replace(/\/+$/, '');
}

export function createContext(command: Command): CliContext {
  const { url, project, json = false } = command.optsWithGlobals<GlobalOptions>();
  const api = createControlApi(apiAddress(url));
  return {
    api,
    json,
    async project() {
      if (project !== undefined) return project;
      const { projects } = await api.get<{ projects: string[] }>('health');
      const first = projects[0];
      if (first === undefined) throw new CliError(exitCodes.refused, 'the control API has no model project');
      return first;
    },
    print(answer, text) {
      process.stdout.write(`${json ? JSON.stringify(answer, null, 2) : text(answer)}\n`);
    },
    tell(message) {
      if (!json) process.stderr.write(`${message}\n`);
    },
  };
}

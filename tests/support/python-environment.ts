import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from '../../scripts/file-lock.mjs';
import { toolCacheFolder } from '../../stack/tools/local-tool.js';

async function run(command: string, ...argumentList: string[]): Promise<void> {
  const child = spawn(command, argumentList, { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${command} ${argumentList.slice(0, 4).join(' ')} … ended with ${code}`);
}

/**
 * The folder of a virtual environment's programs with the given requirements: made at the first call and kept in the tool cache for as long
 * as the requirements stay the same. PYTHON names the interpreter to make it with.
 */
export async function pythonEnvironment(requirements: URL): Promise<string> {
  const text = readFileSync(requirements, 'utf8');
  const id = createHash('sha256').update(text).digest('hex').slice(0, 12);
  const folder = join(toolCacheFolder(process.env), `test-python-${id}`);
  const programs = join(folder, 'bin');
  const finished = join(folder, 'requirements-installed');
  return withLock(`${folder}.lock`, async () => {
    if (existsSync(finished)) return programs;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    await run(process.env.PYTHON ?? 'python3', '-m', 'venv', folder);
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', fileURLToPath(requirements)];
    await run(join(programs, 'python'), ...pip);
    writeFileSync(finished, text);
    return programs;
  });
}

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where this platform keeps files that can be made again. */
function cacheFolder(): string {
  if (process.env.XDG_CACHE_HOME) return process.env.XDG_CACHE_HOME;
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  if (process.platform === 'win32') return process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
  return join(homedir(), '.cache');
}

/**
 * The Python of a virtual environment with the given requirements, made at the first call and reused as long as they
 * do not change. PYTHON names the interpreter to make it with.
 *
 * @returns path of its python
 */
export function peerPython(requirements: URL): string {
  const text = readFileSync(requirements, 'utf8');
  const id = createHash('sha256').update(text).digest('hex').slice(0, 12);
  const folder = join(cacheFolder(), 'incumbent', `bench-python-${id}`);
  const python = process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
  const finished = join(folder, 'requirements-installed');
  if (existsSync(finished)) return python;
  console.log(`making a Python environment for the peers in ${folder}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  execFileSync(process.env.PYTHON ?? 'python3', ['-m', 'venv', folder], { stdio: 'inherit' });
  execFileSync(
    python,
    ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements.pathname],
    {
      stdio: 'inherit',
    },
  );
  writeFileSync(finished, text);
  return python;
}

import { execFileSync } from 'node:child_process';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Compiles the services as `npm run build` does, beside the packages they import.
 * @returns the folder, in place of the root
 */
export function compileServices(): string {
  const folder = join(root, 'node_modules/.cache/incumbent-bench');
  rmSync(folder, { recursive: true, force: true });
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const options = ['-p', join(root, 'tsconfig.build.json'), '--outDir', folder, '--noCheck'];
  execFileSync(process.execPath, [compiler, ...options], { stdio: 'inherit', cwd: root });
  cpSync(join(root, 'router/nginx.conf.template'), join(folder, 'router/nginx.conf.template'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  return folder;
}

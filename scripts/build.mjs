// Compiles everything that runs on a server to dist/, with the files that are read at run time beside it, and bundles
// the workflows, so that a worker starts without a compiler.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { bundleWorkflowCode } from '@temporalio/worker';
import { build } from 'vite';

rmSync('dist', { recursive: true, force: true });
execFileSync('npx', ['tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
cpSync('adapters/postgres/migrations', 'dist/adapters/postgres/migrations', { recursive: true });
cpSync('router/nginx.conf.template', 'dist/router/nginx.conf.template');
// what projects read beside their code, such as a CSV file
cpSync('projects', 'dist/projects', { recursive: true, filter: (path) => !path.endsWith('.ts') });
const { code } = await bundleWorkflowCode({
  workflowsPath: new URL('../workflows/index.ts', import.meta.url).pathname,
});
writeFileSync('dist/workflow-bundle.js', code);
// the workflows once more, for a worker that traces them
const traced = await bundleWorkflowCode({
  workflowsPath: new URL('../workflows/index.ts', import.meta.url).pathname,
  workflowInterceptorModules: [
    createRequire(import.meta.url).resolve('@temporalio/interceptors-opentelemetry/lib/workflow-interceptors.js'),
  ],
});
writeFileSync('dist/workflow-bundle-traced.js', traced.code);
await build({ root: 'web', logLevel: 'warn' });
mkdirSync('dist/web', { recursive: true });
cpSync('web/dist', 'dist/web/dist', { recursive: true });

// Compiles everything that runs on a server to dist/, with the files that are read at run time beside it, and bundles
// the workflows, so that a worker starts without a compiler.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'vite';
import { bundleWorkflows } from './bundle-workflows.mjs';

rmSync('dist', { recursive: true, force: true });
execFileSync('npx', ['tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
cpSync('adapters/postgres/migrations', 'dist/adapters/postgres/migrations', { recursive: true });
cpSync('router/nginx.conf.template', 'dist/router/nginx.conf.template');
// what projects read beside their code, such as a CSV file
cpSync('projects', 'dist/projects', { recursive: true, filter: (path) => !path.endsWith('.ts') });
writeFileSync('dist/workflow-bundle.js', await bundleWorkflows({ traced: false }));
writeFileSync('dist/workflow-bundle-traced.js', await bundleWorkflows({ traced: true }));
await build({ root: 'web', logLevel: 'warn' });
mkdirSync('dist/web', { recursive: true });
cpSync('web/dist', 'dist/web/dist', { recursive: true });

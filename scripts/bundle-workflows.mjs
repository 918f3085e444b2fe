import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';

const tracers = ['@temporalio/interceptors-opentelemetry/lib/workflow-interceptors.js'];

/**
 * The workflows as one script, so that a worker starts without a compiler.
 *
 * @param {{ traced: boolean }} options `traced`: for a worker that traces them
 * @returns {Promise<string>}
 */
export async function bundleWorkflows({ traced }) {
  const { code } = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
    workflowInterceptorModules: traced ? tracers.map((name) => createRequire(import.meta.url).resolve(name)) : [],
  });
  return code;
}

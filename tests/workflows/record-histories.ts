import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { findTool } from '../../stack/tools/find-tool.js';

// Records the newest finished run of every workflow type of the running stack (npm start) as the command line tool shows
// it: what replay.test.ts replays. Run it after workflows changed behind patched(), and keep the old files too.

const types = [
  'batchPredict',
  'changeExperiment',
  'deploy',
  'evaluateExperiment',
  'guardExperiment',
  'monitorDrift',
  'promote',
  'promoteWithApproval',
  'rollback',
  'sendNotification',
  'stopExperiment',
  'trainCandidate',
];
const execute = promisify(execFile);
const folder = new URL('./histories/', import.meta.url);
const { path } = await findTool('temporal');
const temporal = async (...args: string[]) => (await execute(path, args, { maxBuffer: 2 ** 27 })).stdout;

await mkdir(folder, { recursive: true });
for (const type of types) {
  const query = `WorkflowType = '${type}' and ExecutionStatus = 'Completed'`;
  const [newest] = JSON.parse(await temporal('workflow', 'list', '-q', query, '--limit', '1', '-o', 'json'));
  if (!newest) throw new Error(`no finished ${type}: let the loop run once in both directions first`);
  const { workflowId, runId } = newest.execution;
  const history = await temporal('workflow', 'show', '-w', workflowId, '-r', runId, '-o', 'json');
  await writeFile(new URL(`${type}.json`, folder), history);
  console.log(`${type}: ${workflowId}, ${history.length} bytes`);
}

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  bundleWorkflowCode,
  DefaultLogger,
  Runtime,
  Worker,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { beforeAll, expect, test } from 'vitest';

const histories = new URL('./histories/', import.meta.url);
const files = readdirSync(histories).filter((name) => name.endsWith('.json'));
const logger = new DefaultLogger('ERROR');
let workflowBundle: WorkflowBundleWithSourceMap;

async function bundle(path: string): Promise<WorkflowBundleWithSourceMap> {
  return bundleWorkflowCode({ workflowsPath: fileURLToPath(new URL(path, import.meta.url)), logger });
}

beforeAll(async () => {
  Runtime.install({ logger });
  workflowBundle = await bundle('../../workflows/index.ts');
});

const history = (name: string) => JSON.parse(readFileSync(new URL(name, histories), 'utf8'));

test('there is a recorded history of every workflow', async () => {
  const workflows = await import('../../workflows/index.js');
  const recorded = files.map((name) => name.replace(/(-\d+)?\.json$/, ''));
  expect(new Set(recorded)).toEqual(new Set(Object.keys(workflows)));
});

/** Ids of children are made from that of their parent. */
const workflowId = (recorded: ReturnType<typeof history>): string =>
  recorded.events[0].workflowExecutionStartedEventAttributes.workflowId;

test.each(files)('replays %s', async (name) => {
  const recorded = history(name);
  await Worker.runReplayHistory({ workflowBundle }, recorded, workflowId(recorded));
});

test('a workflow that takes its steps in another order does not replay', async () => {
  const changed = await bundle('./changed-workflows.ts');
  const recorded = history('promote.json');
  await expect(Worker.runReplayHistory({ workflowBundle: changed }, recorded, workflowId(recorded))).rejects.toThrow(
    DeterminismViolationError,
  );
});

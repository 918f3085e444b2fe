import { fileURLToPath } from 'node:url';
import type { EncodedSourceMap } from '@jridgewell/trace-mapping';
import { bundleWorkflowCode } from '@temporalio/worker';

/** The name of a bundle of workflows in a script's URL, which has the hash of the bundle in it; null for other scripts. */
export function bundleName(url: string): string | null {
  return /workflow-bundle-\w+\.js$/.exec(url)?.[0] ?? null;
}

/**
 * Source maps of the bundles that workers make of this source tree, by name. A bundle runs in a sandbox that keeps its map to
 * itself; the same sources give the same bundle, so it is made again here.
 */
export async function bundleWorkflows(): Promise<
  Map<string, { readonly lineLengths: readonly number[]; readonly data: EncodedSourceMap }>
> {
  const { code } = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../../workflows/index.ts', import.meta.url)),
    logger: { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error() {} },
  });
  const data = JSON.parse(
    Buffer.from(code.slice(code.lastIndexOf('base64,') + 7), 'base64').toString(),
  ) as EncodedSourceMap;
  return new Map([[data.file ?? '', { lineLengths: code.split('\n').map((line) => line.length), data }]]);
}

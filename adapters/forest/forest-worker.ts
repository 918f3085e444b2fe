import { parentPort } from 'node:worker_threads';
import { DomainError } from '../../core/errors.js';
import { binColumn } from '../../core/forest/bin-column.js';
import { boostTrees } from '../../core/forest/boost-trees.js';
import type { Forest } from '../../core/forest/forest.js';
import { createTreeShard, growTrees } from '../../core/forest/grow-trees.js';
import { ALONE } from '../../core/forest/team.js';
import { foldScore } from '../../core/training/fold-score.js';
import {
  type BinJob,
  type BoostJob,
  CANCELLED,
  type GrowJob,
  type Job,
  NEXT,
  type Reply,
  type ShardJob,
} from './messages.js';
import { joinTeam } from './thread-team.js';

function isCancelled(control: Int32Array): boolean {
  return Atomics.load(control, CANCELLED) === 1;
}

/** The next unclaimed column or tree, or −1 when there is none or the job was cancelled. */
function claim(control: Int32Array, count: number): number {
  if (isCancelled(control)) return -1;
  const next = Atomics.add(control, NEXT, 1);
  return next < count ? next : -1;
}

function bin({ control, X, maxBins, bins, hasMissing }: BinJob): Reply {
  const edges: [number, Float64Array][] = [];
  const scratch = new Float64Array(X.rows);
  for (let c = claim(control, X.columns); c >= 0; c = claim(control, X.columns)) {
    edges.push([c, binColumn(X, c, maxBins, bins, hasMissing, scratch)]);
  }
  return { kind: 'binned', edges };
}

function grow({ control, binned, y, options }: GrowJob): Reply {
  const growRange = createTreeShard(binned, y, options);
  const parts: Forest[] = [];
  for (let t = claim(control, options.trees); t >= 0; t = claim(control, options.trees)) {
    parts.push(growRange(t, t + 1));
    send({ kind: 'progress' });
  }
  return { kind: 'grown', parts };
}

function boost({ control, binned, y, options, meeting }: BoostJob): Reply {
  const team = meeting === null ? ALONE : joinTeam(meeting, () => isCancelled(control));
  const isFirst = team.index === 0;
  const onIteration = () => {
    if (isFirst) send({ kind: 'progress' });
    return !isCancelled(control);
  };
  const forest = boostTrees(binned, y, options, onIteration, team);
  return isFirst ? { kind: 'boosted', forest } : { kind: 'helped' };
}

/** Tells of a tree; ends the work when nobody wants it any more. */
function progressOf(control: Int32Array): () => void {
  return () => {
    send({ kind: 'progress' });
    if (isCancelled(control)) throw new Error('cancelled');
  };
}

function growShard({ control, set, options, from, to }: ShardJob): Reply {
  const weights = set.sampleWeight && { sampleWeight: set.sampleWeight };
  return {
    kind: 'grown',
    parts: [growTrees(set.binned, set.y, { ...options, ...weights }, from, to, progressOf(control))],
  };
}

/** What to do with each kind of job. */
function work(job: Job): Reply {
  switch (job.kind) {
    case 'bin':
      return bin(job);
    case 'grow':
      return grow(job);
    case 'boost':
      return boost(job);
    case 'shard':
      return growShard(job);
    case 'fold':
      return { kind: 'scored', score: foldScore(job.set, job.fit, progressOf(job.control)) };
  }
}

function send(reply: Reply): void {
  parentPort?.postMessage(reply);
}

parentPort?.on('message', (job: Job) => {
  try {
    send(work(job));
  } catch (error) {
    const code = error instanceof DomainError ? error.code : null;
    send({ kind: 'failed', code, message: error instanceof Error ? error.message : String(error) });
  }
});

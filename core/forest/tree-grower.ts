import type { BinnedDataset } from './binned-dataset.js';
import { Frontier } from './frontier.js';
import { type GrowerRows, plainRows } from './grower-rows.js';
import type { HistogramLayout } from './histogram-layout.js';
import { HistogramPool } from './histogram-pool.js';
import { NodeTable } from './node-table.js';
import type { RandomStream } from './random.js';
import type { SplitKernel } from './split-kernel.js';
import { SplitSearch, UNDECIDED } from './split-search.js';

/** What limits the growth of one tree; see ForestOptions for the meaning. */
export interface GrowthLimits {
  readonly maxDepth: number;
  readonly minSamplesLeaf: number;
  readonly minSamplesSplit: number;
  readonly maxLeafNodes: number;
  readonly maxFeatures: number;
}

/** A gain below this share of the node's weight is rounding noise (targets are scaled to at most 1). */
const NO_GAIN = 1e-13;

/** From so many rows on, a node keeps a histogram over all features. */
function denseRows({ totalBins, finite }: HistogramLayout): number {
  return Math.max(32, totalBins / finite.length);
}

/** As many histograms as can be in use at once while a tree grows over so many rows: nodes that keep one share no rows. */
export function mostHistograms(layout: HistogramLayout, rows: number, maxLeafNodes: number): number {
  return Math.min(maxLeafNodes, Math.floor(rows / denseRows(layout))) + 3;
}

/**
 * Grows trees on one binned dataset, one after another, in the same scratch memory.
 *
 * Large nodes keep a histogram over all features: the smaller child's is summed up (or its rows are taken out of the
 * parent's), the larger child's is what remains. Small nodes, where walking all bins would cost more than the rows,
 * sum up one feature at a time and visit only the bins that hold rows.
 */
export class TreeGrower {
  readonly nodes: NodeTable;
  /** Row numbers, reordered so that every node's rows are neighbours. */
  readonly rows: Uint32Array;
  readonly #partitionRows: GrowerRows['partition'];
  readonly #binned: BinnedDataset;
  readonly #layout: HistogramLayout;
  readonly #kernel: SplitKernel;
  readonly #limits: GrowthLimits;
  readonly #search: SplitSearch;
  readonly #pool: HistogramPool;
  readonly #frontier: Frontier;
  readonly #oneFeature: Float64Array;
  readonly #order: Uint32Array;
  readonly #denseRows: number;

  /** @param held the rows that `kernel` knows; default: all of the dataset */
  constructor(
    binned: BinnedDataset,
    layout: HistogramLayout,
    kernel: SplitKernel,
    limits: GrowthLimits,
    held: GrowerRows = plainRows(binned, layout.totalBins * kernel.channels),
  ) {
    const { channels } = kernel;
    this.#binned = binned;
    this.#layout = layout;
    this.#kernel = kernel;
    this.#limits = limits;
    this.nodes = new NodeTable(channels);
    this.rows = held.order;
    this.#partitionRows = held.partition;
    this.#search = new SplitSearch(channels);
    this.#pool = new HistogramPool(held.newHistogram);
    this.#frontier = new Frontier(limits.maxLeafNodes < 2 ** 31 - 1);
    this.#oneFeature = new Float64Array(256 * channels);
    this.#order = Uint32Array.from({ length: binned.columns }, (_, f) => f);
    // with few of the features tried per split, summing up just those beats keeping all
    const subset = limits.maxFeatures * 2 < binned.columns && kernel.addFeature !== null;
    this.#denseRows = subset ? Number.POSITIVE_INFINITY : denseRows(layout);
  }

  /**
   * Grows a tree over rows[0 … rowCount), which the caller has filled in. The result is in `nodes`.
   *
   * @param random drawn from only when maxFeatures is less than all
   */
  grow(rowCount: number, random: RandomStream): void {
    const { nodes } = this;
    const frontier = this.#frontier;
    nodes.clear();
    frontier.clear();
    for (let f = 0; f < this.#order.length; f++) this.#order[f] = f;
    const root = nodes.add(0, rowCount, 0);
    this.#kernel.sumRows(this.#search.total, this.rows, 0, rowCount);
    nodes.stats.set(this.#search.total, 0);
    if (this.#maySplit(root)) {
      if (this.#count(root) >= this.#denseRows) this.#sumUp(root);
      this.#findSplit(root, random);
    }
    const { maxLeafNodes } = this.#limits;
    for (let leaves = 2; frontier.size > 0 && leaves <= maxLeafNodes; leaves++) {
      this.#split(frontier.pop(), random, leaves === maxLeafNodes);
    }
    // the leaf limit may have left splits unmade
    while (frontier.size > 0) this.#makeLeaf(frontier.pop());
  }

  /** Rows of a node: those held here are rows[start … end), other threads may hold more. */
  #count(node: number): number {
    return this.#kernel.count(this.nodes.stats, node * this.#kernel.channels);
  }

  /** Gives a node a histogram of its own. */
  #sumUp(node: number): void {
    const { nodes } = this;
    nodes.histogram[node] = this.#pool.take();
    this.#kernel.addRows(this.#pool.get(nodes.histogram[node]!), this.rows, nodes.start[node]!, nodes.end[node]!);
  }

  #releaseHistogram(node: number): void {
    this.#pool.release(this.nodes.histogram[node]!);
    this.nodes.histogram[node] = -1;
  }

  #maySplit(node: number): boolean {
    const count = this.#count(node);
    const { maxDepth, minSamplesLeaf, minSamplesSplit } = this.#limits;
    return this.nodes.depth[node]! < maxDepth && count >= minSamplesSplit && count >= 2 * minSamplesLeaf;
  }

  #makeLeaf(node: number): void {
    this.#releaseHistogram(node);
    this.nodes.feature[node] = -1;
  }

  /** Makes the chosen split of a node and, unless it is the last one, looks for its children's. */
  #split(node: number, random: RandomStream, isLast: boolean): void {
    const { nodes } = this;
    const start = nodes.start[node]!;
    const end = nodes.end[node]!;
    const middle = this.#partition(node);
    const depth = nodes.depth[node]! + 1;
    const left = nodes.add(start, middle, depth);
    const right = nodes.add(middle, end, depth);
    nodes.left[node] = left;
    const { channels } = this.#kernel;
    for (let k = 0; k < channels; k++) {
      const leftStat = nodes.leftStats[node * channels + k]!;
      nodes.stats[left * channels + k] = leftStat;
      nodes.stats[right * channels + k] = nodes.stats[node * channels + k]! - leftStat;
    }
    const leftIsSmaller = this.#count(left) < this.#count(right);
    if (nodes.missingLeft[node] === UNDECIDED) nodes.missingLeft[node] = leftIsSmaller ? 0 : 1;
    if (isLast) {
      this.#releaseHistogram(node);
      return;
    }
    this.#shareHistogram(node, leftIsSmaller ? left : right, leftIsSmaller ? right : left);
    if (this.#maySplit(left)) this.#findSplit(left, random);
    if (this.#maySplit(right)) this.#findSplit(right, random);
  }

  #partition(node: number): number {
    const { nodes } = this;
    const feature = nodes.feature[node]!;
    return this.#partitionRows(
      nodes.start[node]!,
      nodes.end[node]!,
      feature,
      nodes.bin[node]!,
      this.#binned.hasMissing[feature] ? this.#layout.finite[feature]! : 256,
      nodes.missingLeft[node]!,
    );
  }

  /** Turns the parent's histogram into the larger child's, and sums up the smaller child's when that pays. */
  #shareHistogram(parent: number, smaller: number, larger: number): void {
    const { nodes, rows } = this;
    const id = nodes.histogram[parent]!;
    nodes.histogram[parent] = -1;
    if (id < 0) return;
    if (!this.#maySplit(larger) || this.#count(larger) < this.#denseRows) {
      this.#pool.release(id);
      return;
    }
    const histogram = this.#pool.get(id);
    nodes.histogram[larger] = id;
    if (this.#count(smaller) < this.#denseRows || !this.#maySplit(smaller)) {
      this.#kernel.subtractRows(histogram, rows, nodes.start[smaller]!, nodes.end[smaller]!);
      return;
    }
    this.#sumUp(smaller);
    const smallerHistogram = this.#pool.get(nodes.histogram[smaller]!);
    for (let i = 0; i < histogram.length; i++) histogram[i]! -= smallerHistogram[i]!;
  }

  /** Finds the node's best split over a fresh draw of features; pushes it, or leaves the node a leaf. */
  #findSplit(node: number, random: RandomStream): void {
    const { nodes } = this;
    const { channels } = this.#kernel;
    const search = this.#search;
    const order = this.#order;
    const tries = this.#limits.maxFeatures;
    for (let k = 0; k < channels; k++) search.total[k] = nodes.stats[node * channels + k]!;
    search.reset();
    const isSmall = nodes.histogram[node]! < 0;
    if (isSmall && this.#kernel.addFeature === null) this.#sumUp(node);
    let varied = false;
    // like scikit-learn, keep drawing until one feature varies
    for (let tried = 0; tried < order.length && (tried < tries || !varied); tried++) {
      if (tries < order.length) {
        const pick = tried + random.below(order.length - tried);
        const drawn = order[pick]!;
        order[pick] = order[tried]!;
        order[tried] = drawn;
      }
      if (this.#scanFeature(node, order[tried]!)) varied = true;
    }
    if (isSmall) this.#releaseHistogram(node);
    const weight = this.#kernel.weight(search.total, 0);
    const gain = search.score - this.#kernel.scoreWhole(search.total, 0);
    const start = nodes.start[node]!;
    if (search.feature < 0 || (!(gain > NO_GAIN * weight) && this.#kernel.isPure(this.rows, start, nodes.end[node]!))) {
      this.#makeLeaf(node);
      return;
    }
    nodes.feature[node] = search.feature;
    nodes.bin[node] = search.bin;
    nodes.missingLeft[node] = search.missingLeft;
    nodes.gain[node] = Math.max(0, gain);
    for (let k = 0; k < channels; k++) nodes.leftStats[node * channels + k] = search.left[k]!;
    this.#frontier.push(node, nodes.gain[node]!);
  }

  /** Tries the splits of one feature; false when all rows of the node have the same value. */
  #scanFeature(node: number, feature: number): boolean {
    const { nodes } = this;
    const kernel = this.#kernel;
    const search = this.#search;
    const { channels } = kernel;
    const finite = this.#layout.finite[feature]!;
    const hasMissing = this.#binned.hasMissing[feature]!;
    const id = nodes.histogram[node]!;
    if (id >= 0) {
      const firstBin = this.#layout.firstBin[feature]!;
      search.listOccupied(this.#pool.get(id), firstBin, finite, hasMissing, channels);
      if (search.varies) kernel.scan(this.#pool.get(id), firstBin, finite, feature, search);
      return search.varies;
    }
    const scratch = this.#oneFeature;
    kernel.addFeature!(scratch, search.bitmap, feature, this.rows, nodes.start[node]!, nodes.end[node]!);
    search.listMarked(finite, hasMissing);
    if (search.varies) kernel.scan(scratch, 0, finite, feature, search);
    for (let k = 0; k < search.occupiedCount; k++) {
      const at = search.occupied[k]! * channels;
      for (let c = 0; c < channels; c++) scratch[at + c] = 0;
    }
    if (search.missingHere) scratch.fill(0, finite * channels, (finite + 1) * channels);
    return search.varies;
  }
}

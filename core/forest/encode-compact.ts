import { InvalidInputError } from '../errors.js';
import { findBin } from './bin-edges.js';
import { compactSizes } from './compact-sizes.js';
import { distinctThresholds } from './distinct-thresholds.js';
import { headerOf } from './encode-forest.js';
import { type Forest, LEAF } from './forest.js';
import { FORM_COMPACT, HEADER_BYTES, writeHeader } from './forest-file.js';
import { writeSections } from './section-reader.js';

export interface CompactForest {
  readonly bytes: Uint8Array;
  /** No prediction of the decoded forest (raw score, before a link) differs from the original's by more than this. */
  readonly largestError: number;
}

/**
 * The forest in about a fifth of the space: splits as indices into a table of thresholds, leaf values and covers as
 * 32-bit floats, children implied by the order (breadth first). Rows take exactly the same ways; see
 * docs/model-format.md.
 *
 * @throws {InvalidInputError} when a leaf value is too large for 32 bits, or a feature has over 65,536 thresholds
 */
export function encodeCompact(forest: Forest): CompactForest {
  const { features, trees, leafWidth, leafOffsets, algorithm } = forest;
  const thresholds = distinctThresholds(forest);
  const edgeOffsets = new Uint32Array(features + 1);
  thresholds.forEach((ofFeature, f) => {
    if (ofFeature.length > 0x10000) {
      throw new InvalidInputError(`feature ${f} has ${ofFeature.length} thresholds; the compact form allows 65536`);
    }
    edgeOffsets[f + 1] = edgeOffsets[f]! + ofFeature.length;
  });
  const edges = new Float64Array(edgeOffsets[features]!);
  thresholds.forEach((ofFeature, f) => {
    edges.set(ofFeature, edgeOffsets[f]!);
  });

  const leaves = leafOffsets[trees]!;
  const inner = leaves - trees;
  const sizes = compactSizes(features, edgeOffsets);
  const feature = new sizes.FeatureArray(leaves + inner);
  const bin = new sizes.BinArray(inner);
  const missingLeft = new Uint8Array(Math.ceil(inner / 8));
  const leafValues = new Float32Array(leaves * leafWidth);
  const leafCover = new Float32Array(leaves);
  const leafCounts = new Uint32Array(trees);
  let node = 0;
  let split = 0;
  let leaf = 0;
  let errors = 0;
  for (let t = 0; t < trees; t++) {
    const base = forest.treeOffsets[t]!;
    const order = [0];
    let largest = 0;
    leafCounts[t] = leafOffsets[t + 1]! - leafOffsets[t]!;
    for (let i = 0; i < order.length; i++) {
      const at = base + order[i]!;
      const f = forest.feature[at]!;
      if (f === LEAF) {
        feature[node++] = sizes.leafMark;
        const from = (leafOffsets[t]! + forest.left[at]!) * leafWidth;
        for (let k = 0; k < leafWidth; k++) {
          const value = forest.leafValues[from + k]!;
          const rounded = Math.fround(value);
          if (!Number.isFinite(rounded)) throw new InvalidInputError(`the leaf value ${value} does not fit 32 bits`);
          leafValues[leaf * leafWidth + k] = rounded;
          largest = Math.max(largest, Math.abs(rounded - value));
        }
        // a cover stays above 0 whatever the weights were
        leafCover[leaf++] = Math.max(forest.cover[at]!, 2 ** -126);
      } else {
        feature[node++] = f;
        bin[split] = findBin(edges, edgeOffsets[f]!, edgeOffsets[f + 1]!, forest.threshold[at]!);
        if (forest.missingLeft[at] === 1) missingLeft[split >>> 3]! |= 1 << (split & 7);
        split++;
        order.push(forest.left[at]!, forest.left[at]! + 1);
      }
    }
    errors += largest;
  }
  const sections = [
    forest.baseline,
    edges,
    forest.impurityDecrease,
    leafValues,
    leafCover,
    edgeOffsets,
    leafCounts,
    ...(sizes.wideBins ? [bin, feature] : [feature, bin]),
    missingLeft,
  ];
  const byteLength = sections.reduce((sum, section) => sum + section.byteLength, HEADER_BYTES);
  const bytes = new Uint8Array(byteLength);
  writeHeader(bytes, headerOf(forest, FORM_COMPACT, byteLength, edges.length));
  writeSections(bytes, HEADER_BYTES, sections);
  return { bytes, largestError: algorithm === 'forest' ? errors / trees : errors };
}

import type { Forest } from './forest.js';
import { type FileHeader, FORM_FULL, FORMAT_VERSION, HEADER_BYTES, writeHeader } from './forest-file.js';
import { writeSections } from './section-reader.js';

/** The forest as one flat little-endian file, exact to the bit; see docs/model-format.md. */
export function encodeForest(forest: Forest): Uint8Array {
  const sections = [
    forest.baseline,
    forest.threshold,
    forest.cover,
    forest.leafValues,
    forest.impurityDecrease,
    forest.treeOffsets,
    forest.leafOffsets,
    forest.left,
    forest.feature,
    forest.missingLeft,
  ];
  const byteLength = sections.reduce((sum, section) => sum + section.byteLength, HEADER_BYTES);
  const bytes = new Uint8Array(byteLength);
  writeHeader(bytes, headerOf(forest, FORM_FULL, byteLength, 0));
  writeSections(bytes, HEADER_BYTES, sections);
  return bytes;
}

export function headerOf(forest: Forest, form: number, byteLength: number, edges: number): FileHeader {
  return {
    version: FORMAT_VERSION,
    form,
    algorithm: forest.algorithm === 'boosting' ? 1 : 0,
    task: forest.task === 'classification' ? 1 : 0,
    features: forest.features,
    classes: forest.classes,
    trees: forest.trees,
    firstTree: forest.firstTree,
    leafWidth: forest.leafWidth,
    outputs: forest.baseline.length,
    nodes: forest.feature.length,
    leaves: forest.leafValues.length / forest.leafWidth,
    byteLength,
    edges,
  };
}

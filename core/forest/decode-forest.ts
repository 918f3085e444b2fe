import { checkForest } from './check-forest.js';
import { decodeCompact } from './decode-compact.js';
import type { Forest } from './forest.js';
import { type FileHeader, FORM_COMPACT, HEADER_BYTES, readHeader, refuse } from './forest-file.js';
import { SectionReader } from './section-reader.js';

/**
 * Reads a forest file, full or compact. Arrays are views on `bytes` where these are aligned: do not change them afterwards.
 *
 * @throws {ArtifactInvalidError} when the file is truncated, of another format or version, or is not made of trees
 */
export function decodeForest(bytes: Uint8Array): Forest {
  const header = readHeader(bytes);
  const forest = header.form === FORM_COMPACT ? decodeCompact(bytes, header) : readFull(bytes, header);
  checkForest(forest);
  return forest;
}

function readFull(bytes: Uint8Array, header: FileHeader): Forest {
  const { features, classes, trees, firstTree, leafWidth, outputs, nodes, leaves } = header;
  const doubles = outputs + 2 * nodes + leaves * leafWidth + trees * features;
  const expected = HEADER_BYTES + 8 * doubles + 4 * (2 * (trees + 1) + nodes) + 3 * nodes;
  if (bytes.length !== expected)
    refuse(`${nodes} nodes and ${leaves} leaves need ${expected} bytes, got ${bytes.length}`);
  const reader = new SectionReader(bytes, HEADER_BYTES);
  return {
    algorithm: header.algorithm === 1 ? 'boosting' : 'forest',
    task: header.task === 1 ? 'classification' : 'regression',
    features,
    classes,
    trees,
    firstTree,
    leafWidth,
    baseline: reader.take(Float64Array, outputs),
    threshold: reader.take(Float64Array, nodes),
    cover: reader.take(Float64Array, nodes),
    leafValues: reader.take(Float64Array, leaves * leafWidth),
    impurityDecrease: reader.take(Float64Array, trees * features),
    treeOffsets: reader.take(Uint32Array, trees + 1),
    leafOffsets: reader.take(Uint32Array, trees + 1),
    left: reader.take(Uint32Array, nodes),
    feature: reader.take(Uint16Array, nodes),
    missingLeft: reader.take(Uint8Array, nodes),
  };
}

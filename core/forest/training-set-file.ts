import { ArtifactInvalidError } from '../errors.js';
import { finiteBins, rowStride } from './binned-dataset.js';
import { MAX_COLUMNS } from './matrix.js';
import { SectionReader, writeSections } from './section-reader.js';
import type { TrainingSet } from './training-set.js';

const MAGIC = 'INCBINDS';
const VERSION = 1;
const HEADER_BYTES = 32;

/** The training set as one flat little-endian file; see docs/model-format.md. */
export function encodeTrainingSet({ binned, y, sampleWeight }: TrainingSet): Uint8Array {
  const { rows, columns, edges, edgeOffsets, hasMissing, bins } = binned;
  const sections = [edges, y, ...(sampleWeight ? [sampleWeight] : []), edgeOffsets, bins, hasMissing];
  const byteLength = sections.reduce((sum, section) => sum + section.byteLength, HEADER_BYTES);
  const bytes = new Uint8Array(byteLength);
  for (let i = 0; i < 8; i++) bytes[i] = MAGIC.charCodeAt(i);
  const view = new DataView(bytes.buffer);
  [VERSION, rows, columns, edges.length, sampleWeight ? 1 : 0].forEach((value, i) => {
    view.setUint32(8 + 4 * i, value, true);
  });
  writeSections(bytes, HEADER_BYTES, sections);
  return bytes;
}

/**
 * Reads a training set. Arrays are views on `bytes` where these are aligned: do not change them afterwards.
 *
 * @throws {ArtifactInvalidError} when the file is truncated, of another format or version, or a value is out of range
 */
export function decodeTrainingSet(bytes: Uint8Array): TrainingSet {
  if (bytes.length < HEADER_BYTES) refuse(`${bytes.length} bytes are less than a header (${HEADER_BYTES})`);
  if (String.fromCharCode(...bytes.subarray(0, 8)) !== MAGIC) refuse(`it does not begin with ${MAGIC}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  const [version, rows, columns, edgeCount, weighted] = [8, 12, 16, 20, 24].map((at) => view.getUint32(at, true)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  if (version !== VERSION) refuse(`format version ${version} is not supported (this reads ${VERSION})`);
  if (rows < 1 || columns < 1 || columns > MAX_COLUMNS || weighted > 1) refuse('its header is out of range');
  const stride = rowStride(columns);
  const doubles = edgeCount + rows * (1 + weighted);
  const expected = HEADER_BYTES + 8 * doubles + 4 * (columns + 1) + columns + rows * stride;
  if (bytes.length !== expected) refuse(`it should have ${expected} bytes and has ${bytes.length}`);
  const reader = new SectionReader(bytes, HEADER_BYTES);
  const edges = reader.take(Float64Array, edgeCount);
  const y = reader.take(Float64Array, rows);
  const sampleWeight = weighted === 1 ? reader.take(Float64Array, rows) : null;
  const edgeOffsets = reader.take(Uint32Array, columns + 1);
  const bins = reader.take(Uint8Array, rows * stride);
  const hasMissing = reader.take(Uint8Array, columns);
  const set = { binned: { rows, columns, stride, bins, edges, edgeOffsets, hasMissing }, y, sampleWeight };
  checkTrainingSet(set);
  return set;
}

function checkTrainingSet({ binned, y, sampleWeight }: TrainingSet): void {
  const { rows, columns, stride, bins, edges, edgeOffsets, hasMissing } = binned;
  if (edgeOffsets[0] !== 0 || edgeOffsets[columns] !== edges.length) refuse('the columns do not cover all edges');
  for (let c = 0; c < columns; c++) {
    const from = edgeOffsets[c]!;
    const to = edgeOffsets[c + 1]!;
    if (hasMissing[c]! > 1 || to < from || to > edges.length || to - from + hasMissing[c]! > 255) {
      refuse(`column ${c} has edges ${from} to ${to}`);
    }
    for (let e = from; e < to; e++) {
      if (!Number.isFinite(edges[e]) || (e > from && !(edges[e]! > edges[e - 1]!))) {
        refuse(`the edges of column ${c} are not finite and ascending`);
      }
    }
    const count = finiteBins(binned, c) + hasMissing[c]!;
    for (let r = 0; r < rows; r++) {
      if (bins[r * stride + c]! >= count) refuse(`row ${r} has bin ${bins[r * stride + c]} of ${count} in column ${c}`);
    }
  }
  for (let r = 0; r < rows; r++) {
    if (!Number.isFinite(y[r])) refuse(`the target of row ${r} is ${y[r]}`);
    const weight = sampleWeight?.[r] ?? 1;
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) refuse(`the weight of row ${r} is ${weight}`);
  }
}

function refuse(reason: string): never {
  throw new ArtifactInvalidError(`not a usable training set file: ${reason}`);
}

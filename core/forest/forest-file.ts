import { ArtifactInvalidError } from '../errors.js';

/** First eight bytes of a forest file. */
const MAGIC = 'INCFORST';
export const FORMAT_VERSION = 1;
export const HEADER_BYTES = 64;

/** How the trees are stored after the header; see docs/model-format.md. */
export const FORM_FULL = 0;
export const FORM_COMPACT = 1;

/** The numbers of a header, in file order from byte 8 on; 32 bits each, little-endian. */
const HEADER_FIELDS = [
  'version',
  'form',
  'algorithm',
  'task',
  'features',
  'classes',
  'trees',
  'firstTree',
  'leafWidth',
  'outputs',
  'nodes',
  'leaves',
  'byteLength',
  'edges',
] as const;

export type FileHeader = Record<(typeof HEADER_FIELDS)[number], number>;

export function writeHeader(bytes: Uint8Array, header: FileHeader): void {
  for (let i = 0; i < MAGIC.length; i++) bytes[i] = MAGIC.charCodeAt(i);
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  HEADER_FIELDS.forEach((field, i) => {
    view.setUint32(8 + 4 * i, header[field], true);
  });
}

/**
 * Reads the header and checks everything that can be checked without the trees.
 *
 * @throws {ArtifactInvalidError}
 */
export function readHeader(bytes: Uint8Array): FileHeader {
  if (bytes.length < HEADER_BYTES) refuse(`${bytes.length} bytes are less than a header (${HEADER_BYTES})`);
  if (String.fromCharCode(...bytes.subarray(0, MAGIC.length)) !== MAGIC) refuse('it does not begin with INCFORST');
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  const header = Object.fromEntries(HEADER_FIELDS.map((field, i) => [field, view.getUint32(8 + 4 * i, true)]));
  checkHeader(header as FileHeader, bytes.length);
  return header as FileHeader;
}

function checkHeader(header: FileHeader, length: number): void {
  const { version, form, algorithm, task, features, classes, trees, leafWidth, outputs, nodes, leaves } = header;
  if (version !== FORMAT_VERSION) refuse(`format version ${version} is not supported (this reads ${FORMAT_VERSION})`);
  if (form > FORM_COMPACT) refuse(`form ${form} is not known`);
  if (header.byteLength !== length) refuse(`it should have ${header.byteLength} bytes and has ${length}`);
  if (algorithm > 1 || task > 1) refuse(`algorithm ${algorithm} or task ${task} is not known`);
  if (features < 1 || features > 65_534) refuse(`${features} features are out of range`);
  if (trees < 1) refuse('it has no trees');
  if (task === 0 ? classes !== 0 : classes < 1 || classes > 1024) refuse(`${classes} classes do not fit task ${task}`);
  const perIteration = classes > 2 ? classes : 1;
  const expectedOutputs = algorithm === 1 ? perIteration : Math.max(1, classes);
  if (outputs !== expectedOutputs) refuse(`expected ${expectedOutputs} outputs, got ${outputs}`);
  const expectedWidth = algorithm === 1 ? 1 : outputs;
  if (leafWidth !== expectedWidth) refuse(`expected ${expectedWidth} values per leaf, got ${leafWidth}`);
  if (nodes !== 2 * leaves - trees) refuse(`${trees} binary trees with ${leaves} leaves cannot have ${nodes} nodes`);
}

/** @throws {ArtifactInvalidError} always */
export function refuse(reason: string): never {
  throw new ArtifactInvalidError(`not a usable forest file: ${reason}`);
}

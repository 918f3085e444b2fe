import { DatasetInvalidError } from '../errors.js';

/**
 * Bytes of an uploaded file → text. UTF-8 (with or without byte order mark) and UTF-16 with one.
 *
 * @throws {DatasetInvalidError} when the bytes are not text in these encodings, such as an image or an archive
 */
export function decodeText(bytes: Uint8Array): string {
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
  try {
    return new TextDecoder(utf16 ?? 'utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new DatasetInvalidError('the file is not CSV text: its bytes are not valid UTF-8', { cause: error });
  }
}

/** The constructor of a typed array that can lie over a buffer. */
interface ArrayOver<T> {
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): T;
  readonly BYTES_PER_ELEMENT: number;
}

/**
 * Hands out the arrays of a file one after another, as views on its bytes. Sections go from 8-byte to 1-byte numbers,
 * so that each is aligned by itself.
 */
export class SectionReader {
  readonly #bytes: Uint8Array;
  #at: number;

  /** @param bytes copied first when they do not start on an 8-byte boundary */
  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
    this.#at = at;
  }

  take<T>(type: ArrayOver<T>, length: number): T {
    const array = new type(this.#bytes.buffer, this.#bytes.byteOffset + this.#at, length);
    this.#at += length * type.BYTES_PER_ELEMENT;
    return array;
  }
}

/** Writes arrays one after another from `at` on; returns the end. */
export function writeSections(bytes: Uint8Array, at: number, sections: readonly ArrayBufferView[]): number {
  let end = at;
  for (const section of sections) {
    bytes.set(new Uint8Array(section.buffer, section.byteOffset, section.byteLength), end);
    end += section.byteLength;
  }
  return end;
}

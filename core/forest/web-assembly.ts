import { InvalidInputError } from '../errors.js';

/** What is used of WebAssembly: its types come with those of browsers, which core/ does without. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> };
};

const PAGE_BYTES = 65_536;
/** Addresses are 32 bits. */
const MOST_BYTES = 2 ** 32;
const compiled = new Map<string, object>();

/** Bytes rounded up to whole doubles, so that what follows starts where a double may. */
export const wholeDoubles = (bytes: number): number => 8 * Math.ceil(bytes / 8);

/**
 * Starts a module of ours over memory of its own, filled with zeros; pages are taken from the machine when they are written.
 *
 * @param base64 the module; it is compiled once
 * @throws {InvalidInputError} when so much cannot be addressed
 */
export function startModule<Functions>(
  base64: string,
  bytes: number,
): { readonly buffer: ArrayBuffer; readonly functions: Functions } {
  if (bytes > MOST_BYTES - PAGE_BYTES) {
    const gigabytes = (bytes / 2 ** 30).toFixed(1);
    throw new InvalidInputError(
      `the rows take ${gigabytes} GB in the form they are worked on in; at most 4 GB are possible`,
    );
  }
  let module = compiled.get(base64);
  if (module === undefined) {
    module = new WebAssembly.Module(Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0)));
    compiled.set(base64, module);
  }
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE_BYTES) });
  const { exports } = new WebAssembly.Instance(module, { forest: { memory } });
  return { buffer: memory.buffer, functions: exports as Functions };
}

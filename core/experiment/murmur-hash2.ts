const M = 0x5bd1e995;

/**
 * 32-bit MurmurHash2 with seed 0, as nginx's split_clients computes it (`ngx_murmur_hash2`).
 *
 * @param bytes the hashed key
 * @returns unsigned 32-bit integer
 * @see Appleby, MurmurHash2; nginx src/core/ngx_murmurhash.c
 */
export function murmurHash2(bytes: Uint8Array): number {
  let h = bytes.length;
  const whole = bytes.length & ~3;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let i = 0; i < whole; i += 4) {
    let k = Math.imul(view.getUint32(i, true), M);
    k = Math.imul(k ^ (k >>> 24), M);
    h = Math.imul(h, M) ^ k;
  }
  const rest = bytes.length - whole;
  if (rest > 0) {
    for (let i = rest - 1; i >= 0; i--) h ^= view.getUint8(whole + i) << (8 * i);
    h = Math.imul(h, M);
  }
  h = Math.imul(h ^ (h >>> 13), M);
  return (h ^ (h >>> 15)) >>> 0;
}

import { afterAll, beforeAll, expect, test } from 'vitest';
import { createArtifactStore } from '../../../adapters/artifacts/artifact-store.js';
import { ArtifactInvalidError, ConflictError, NotFoundError } from '../../../core/errors.js';
import { createTestObjectStore } from '../../support/object-store.js';

let store: Awaited<ReturnType<typeof createTestObjectStore>>;
beforeAll(async () => {
  store = await createTestObjectStore();
});
afterAll(() => store.close());

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (body: Uint8Array) => new TextDecoder().decode(body);

test('what is put is got back, listed by prefix, copied and deleted', async () => {
  await store.put('a/one', bytes('1'));
  await store.put('a/two with spaces & ünïcode', bytes('2'));
  await store.put('b/three', bytes('3'));
  expect((await store.list('a/')).toSorted()).toEqual(['a/one', 'a/two with spaces & ünïcode']);
  await store.copy('a/one', 'c/one');
  expect(text(await store.get('c/one'))).toBe('1');
  expect(await store.deletePrefix('a/')).toBe(2);
  expect(await store.list('a/')).toEqual([]);
  expect(text(await store.get('b/three'))).toBe('3');
});

test('a missing key is named in the error', async () => {
  await expect(store.get('nowhere')).rejects.toThrow(NotFoundError);
  await expect(store.get('nowhere')).rejects.toThrow(`s3://${store.bucket}/nowhere does not exist`);
});

test('an immutable object is never overwritten', async () => {
  await store.put('train_V1.csv', bytes('first'), { onlyIfNew: true });
  await expect(store.put('train_V1.csv', bytes('second'), { onlyIfNew: true })).rejects.toThrow(ConflictError);
  expect(text(await store.get('train_V1.csv'))).toBe('first');
});

test('more than a thousand objects are listed and deleted', async () => {
  const keys = Array.from({ length: 1_050 }, (_, i) => `many/${String(i).padStart(5, '0')}`);
  for (let start = 0; start < keys.length; start += 50) {
    await Promise.all(keys.slice(start, start + 50).map((key) => store.put(key, bytes('x'))));
  }
  expect(await store.list('many/')).toHaveLength(1_050);
  expect(await store.deletePrefix('many/')).toBe(1_050);
});

const version = { project: 'p', version: 'CO1', createdAt: '2026-01-01T00:00:00Z' };

test('a version without its manifest does not exist', async () => {
  await store.put('p_CO1/model.json', bytes('{}'));
  const artifacts = createArtifactStore(store);
  await expect(artifacts.readFile('p_CO1/', 'model.json')).rejects.toThrow(ArtifactInvalidError);
  await expect(artifacts.readManifest('p_CO1/')).rejects.toThrow('p_CO1/ has no manifest.json');
});

test('a changed or truncated file is refused with both digests or sizes', async () => {
  const artifacts = createArtifactStore(store);
  await artifacts.write('p_CO2/', { ...version, files: { 'forest.bin': bytes('12345') } });
  expect(text(await artifacts.readFile('p_CO2/', 'forest.bin'))).toBe('12345');
  await store.put('p_CO2/forest.bin', bytes('54321'));
  await expect(artifacts.readFile('p_CO2/', 'forest.bin')).rejects.toThrow(/expected sha256 \w{64}, got \w{64}/);
  await store.put('p_CO2/forest.bin', bytes('1234'));
  await expect(artifacts.readFile('p_CO2/', 'forest.bin')).rejects.toThrow('expected 5 bytes, got 4');
});

test('a hostile manifest is refused', async () => {
  const artifacts = createArtifactStore(store);
  await store.put('p_CO3/manifest.json', bytes('not json'));
  await expect(artifacts.readManifest('p_CO3/')).rejects.toThrow('is not JSON');
  await store.put('p_CO3/manifest.json', bytes('{"format":2}'));
  await expect(artifacts.readManifest('p_CO3/')).rejects.toThrow(ArtifactInvalidError);
});

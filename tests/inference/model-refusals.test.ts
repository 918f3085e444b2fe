import { pino } from 'pino';
import { Registry } from 'prom-client';
import { afterEach, expect, test, vi } from 'vitest';
import type { SlotState } from '../../adapters/postgres/slot-reader.js';
import { ArtifactInvalidError } from '../../core/errors.js';
import type { ModelDocument } from '../../core/registry/model-document.js';
import { type ArtifactReader, loadModel } from '../../inference/model/load-model.js';
import { ModelSlot } from '../../inference/model/model-slot.js';
import type { ServedModel } from '../../inference/model/served-model.js';
import { createMetrics, inferenceMetricDefinitions } from '../../monitoring/metrics.js';
import { homePrices } from '../../projects/home-prices/project.js';
import { trainHomeModel } from './support/train-home-model.js';

const SMALL = { rows: 300, trees: 3, maxDepth: 4 };
const { document, files } = trainHomeModel('BO1', SMALL);
const bytes = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));

/** What a bucket holds whose checksums are right: only the content can be wrong. */
function bucket(
  changes: Record<string, Uint8Array>,
  stated = { project: 'home-prices', version: 'BO1' },
): ArtifactReader {
  return {
    readManifest: async () => ({ ...stated, createdAt: '2026-01-01T00:00:00Z', files: {} }) as never,
    readFile: async (_prefix, name) => changes[name] ?? files[name]!.slice(),
  };
}
const changed = (changes: Partial<ModelDocument>) => bucket({ 'model.json': bytes({ ...document, ...changes }) });

/** The encoder with an input less than the forest takes. */
const narrower = {
  ...(document.encoder as object),
  columns: (document.encoder as { columns: unknown[] }).columns.slice(1),
};

test('a good version is served as its trainer left it', async () => {
  const model = await loadModel(bucket({}), homePrices, 'BO1');
  expect(model.predict(document.expected[0]!.row)).toBeCloseTo(document.expected[0]!.prediction, 9);
});

test.each([
  ['a document that is not JSON', bucket({ 'model.json': bytes('{') }), 'model.json is not JSON'],
  ['a document of another form', bucket({ 'model.json': bytes({ ...document, format: 2 }) }), 'model.json: format: '],
  [
    'a manifest of another version',
    bucket({}, { project: 'home-prices', version: 'BO2' }),
    'says it is home-prices BO2',
  ],
  ['a document of another project', changed({ project: 'iris' }), 'says it is iris BO1, expected home-prices BO1'],
  ['no expected predictions', changed({ expected: [] }), 'has no expected predictions'],
  ['an encoder of another width', changed({ encoder: narrower }), /the forest takes \d+ inputs, the encoder makes \d+/],
  ['a file that is no forest', bucket({ 'forest.bin': bytes('no forest at all') }), /forest/],
])('%s is refused for good', async (_what, artifacts, reason) => {
  const loading = loadModel(artifacts, homePrices, 'BO1');
  await expect(loading).rejects.toThrow(ArtifactInvalidError);
  await expect(loading).rejects.toThrow(reason);
});

/** A slot over ports whose answers a test decides. */
function slotOver(wanted: SlotState, load: (version: string) => Promise<ServedModel>) {
  let changes = 0;
  const slot = new ModelSlot({
    project: 'home-prices',
    slot: 'production',
    read: async () => wanted,
    load,
    onChange: () => changes++,
    metrics: createMetrics(new Registry(), inferenceMetricDefinitions),
    logger: pino({ level: 'silent' }),
  });
  return { slot, changes: () => changes };
}
const wanted: SlotState = { slot: 'production', version: 'BO1', generation: 3 };
const model = { version: 'BO1' } as ServedModel;

afterEach(() => void vi.useRealTimers());

test('a version that cannot be had now is tried again, later each time, and is a failure only when that lasts', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  let tries = 0;
  let storage = false;
  const { slot } = slotOver(wanted, async () => {
    tries++;
    if (!storage) throw new Error('storage away');
    return model;
  });
  await slot.sync();
  await slot.sync();
  expect([tries, slot.failure]).toEqual([
    1,
    { generation: 3, message: 'BO1 cannot be served: storage away', final: false },
  ]);
  // half a second after the first failure, a whole one after the second
  for (const [afterMs, expected] of [
    [499, 1],
    [1, 2],
    [999, 2],
    [1, 3],
  ] as const) {
    vi.setSystemTime(Date.now() + afterMs);
    await slot.sync();
    expect(tries).toBe(expected);
  }
  vi.setSystemTime(Date.now() + 20_000);
  expect(slot.failure).toMatchObject({ final: true });
  storage = true;
  await slot.sync();
  expect([slot.current, slot.failure, slot.generation]).toEqual([model, null, 3]);
});

test('a version that is damaged is a failure at once; another one in its place is tried at once', async () => {
  const now = { ...wanted };
  const { slot, changes } = slotOver(now, async (version) => {
    if (version === 'BO1') throw new ArtifactInvalidError('no forest');
    return { version } as ServedModel;
  });
  await slot.sync();
  expect(slot.failure).toMatchObject({ final: true });
  Object.assign(now, { version: 'BO2', generation: 4 });
  await slot.sync();
  expect([slot.current?.version, slot.failure]).toEqual(['BO2', null]);
  expect(changes()).toBe(3);
});

test('what was served last stands in only until the slot is known', async () => {
  const { slot } = slotOver({ ...wanted, version: null, generation: 0 }, async () => model);
  slot.adopt(model);
  expect(slot.current).toBe(model);
  await slot.sync();
  expect(slot.current).toBeNull();
  slot.adopt(model);
  expect(slot.current).toBeNull();
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRawDataSource } from '../../adapters/raw-data.js';
import { DatasetInvalidError, NotFoundError } from '../../core/errors.js';
import type { DatasetSource, ModelProject } from '../../core/project.js';
import { homePrices } from '../../projects/home-prices/project.js';
import { iris } from '../../projects/iris/project.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createTestObjectStore } from '../support/object-store.js';

let database: TestDatabase;
let objects: Awaited<ReturnType<typeof createTestObjectStore>>;
const folder = mkdtempSync(join(tmpdir(), 'raw-data-'));
const file = join(folder, 'homes.csv');

beforeAll(async () => {
  writeFileSync(file, 'from,a file\n');
  [database, objects] = await Promise.all([createTestDatabase(), createTestObjectStore()]);
  await objects.put('raw/homes.csv', new TextEncoder().encode('from,S3\n'));
  await database.pool.query(`create table flats (area numeric, town text, sold date, price float8)`);
  await database.pool.query(
    `insert into flats values (70.50, 'a "big", old
town', '2024-02-29', 1e21), (null, '', null, -0.1)`,
  );
});
afterAll(async () => {
  objects.close();
  await database.drop();
  rmSync(folder, { recursive: true });
});

type Changes = Pick<DatasetSource<never>, 'source' | 'fileVariable'> & { readonly generate?: undefined };
const project = (dataset: Changes): ModelProject => ({ ...homePrices, dataset: { ...homePrices.dataset, ...dataset } });

function read(
  dataset: Changes,
  { environment = {}, uploaded = null as string | null, bucket = () => objects as never } = {},
) {
  const given = { DATABASE_URL: database.url, ...environment };
  return createRawDataSource(given, async () => uploaded, { bucket }).read(project(dataset));
}

test.each([
  ['a path', file],
  ['an address', pathToFileURL(file)],
])('a file is read by %s', async (_, path) => {
  expect(await read({ source: { kind: 'file', path } })).toBe('from,a file\n');
});

test('an object of S3 is read, and one that is not there is named', async () => {
  expect(await read({ source: { kind: 's3', key: 'raw/homes.csv' } })).toBe('from,S3\n');
  await expect(read({ source: { kind: 's3', key: 'raw/none.csv' } })).rejects.toThrow(NotFoundError);
  await expect(read({ source: { kind: 's3', key: 'raw/none.csv' } })).rejects.toThrow('/raw/none.csv does not exist');
});

test('another bucket of the same server is asked for by its name', async () => {
  const asked: (string | undefined)[] = [];
  const bucket = (name?: string) => {
    asked.push(name);
    return objects as never;
  };
  await read({ source: { kind: 's3', key: 'raw/homes.csv', bucket: 'lake' } }, { bucket });
  expect(asked).toEqual(['lake']);
});

test('a query gives a table whose values are as Postgres writes them', async () => {
  const source = { kind: 'postgres', query: 'select * from flats' } as const;
  expect(await read({ source })).toBe(
    '"area","town","sold","price"\n"70.50","a ""big"", old\ntown","2024-02-29","1e+21"\n,"",,"-0.1"\n',
  );
  const elsewhere = { ...source, urlVariable: 'LAKE_URL' };
  expect(await read({ source: elsewhere }, { environment: { LAKE_URL: database.url } })).toContain('70.50');
  await expect(read({ source: elsewhere })).rejects.toThrow('LAKE_URL is not set');
});

test.each([
  ['a wrong name', 'select * from houses', 'relation "houses" does not exist'],
  ['an error of syntax', 'selec 1', 'syntax error at or near "selec"'],
  ['an error of its data', 'select 1 / 0', 'division by zero'],
  ['a write', "insert into flats (town) values ('x')", 'cannot execute INSERT in a read-only transaction'],
  ['a way out of its transaction', 'commit; drop table flats', 'cannot insert multiple commands'],
])('a query with %s is refused with what Postgres says, and changes nothing', async (_, query, message) => {
  const asked = read({ source: { kind: 'postgres', query } });
  await expect(asked).rejects.toThrow(DatasetInvalidError);
  await expect(asked).rejects.toThrow(message);
  expect((await database.pool.query('select count(*) from flats')).rows).toEqual([{ count: 2 }]);
});

test('a package gives its data, and its failure is told with its name', async () => {
  const text = await createRawDataSource({}).read(iris);
  expect(text.split('\n').slice(0, 2)).toEqual([
    'sepal_length,sepal_width,petal_length,petal_width,species',
    '5.1,3.5,1.4,0.2,setosa',
  ]);
  const fails = () => {
    throw new Error('no such export');
  };
  await expect(read({ source: { kind: 'package', package: 'flowers', read: fails } })).rejects.toThrow(
    'the npm package flowers gives no data for home-prices: no such export',
  );
});

test('what was uploaded goes before the variable, the variable before the source', async () => {
  const dataset = { fileVariable: 'HOMES', source: { kind: 's3', key: 'raw/homes.csv' } } as const;
  const environment = { HOMES: file };
  expect(await read(dataset, { environment, uploaded: 'from,an upload\n' })).toBe('from,an upload\n');
  expect(await read(dataset, { environment })).toBe('from,a file\n');
  expect(await read(dataset)).toBe('from,S3\n');
});

test('a project of uploads says how to send the first one', async () => {
  await expect(read({ source: { kind: 'upload' } })).rejects.toThrow('POST /api/datasets?project=home-prices');
  expect(await read({ source: { kind: 'upload' } }, { uploaded: 'a,b\n' })).toBe('a,b\n');
});

test('a file that is not there is named with the variable that names it', async () => {
  const dataset = { fileVariable: 'HOMES' };
  await expect(read(dataset, { environment: { HOMES: '/nowhere.csv' } })).rejects.toThrow(
    'HOMES names /nowhere.csv, which cannot be read (ENOENT)',
  );
});

test('without a source or a generator there is nothing to learn from', async () => {
  await expect(read({ generate: undefined })).rejects.toThrow('neither a source nor a generator');
});

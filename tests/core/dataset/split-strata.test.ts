import { expect, test } from 'vitest';
import { splitRows } from '../../../core/dataset/split-rows.js';

const rows = Array.from({ length: 200 }, (_, i) => ({ x: i, class: i % 20 === 0 ? 'rare' : 'common' }));
const byClass = (row: { class: string }) => row.class;
const count = (part: readonly { class: string }[], name: string) => part.filter((row) => row.class === name).length;

test('each stratum is split in its own proportion', () => {
  const { train, test: heldOut } = splitRows(rows, 0.2, 0, byClass);
  expect([count(heldOut, 'rare'), count(heldOut, 'common')]).toEqual([2, 38]);
  expect(train).toHaveLength(160);
});

test('a stratum of two rows has one on each side, a single row is trained on', () => {
  const few = [...rows, { x: 900, class: 'two' }, { x: 901, class: 'two' }, { x: 902, class: 'one' }];
  const { train, test: heldOut } = splitRows(few, 0.2, 0, byClass);
  expect([count(train, 'two'), count(heldOut, 'two')]).toEqual([1, 1]);
  expect([count(train, 'one'), count(heldOut, 'one')]).toEqual([1, 0]);
});

test('equal rows stay on one side, and the order does not matter', () => {
  const doubled = [...rows, ...rows];
  const sides = new Map<number, Set<string>>();
  const { train, test: heldOut } = splitRows(doubled.toReversed(), 0.25, 3, byClass);
  for (const [side, part] of [
    ['train', train],
    ['test', heldOut],
  ] as const) {
    for (const { x } of part) sides.set(x, (sides.get(x) ?? new Set()).add(side));
  }
  expect([...sides.values()].every((of) => of.size === 1)).toBe(true);
});

import { expect, test } from 'vitest';
import { projects } from '../../projects/index.js';
import type { PartStatus } from '../../stack/part.js';
import { placeProjects } from '../../stack/place-projects.js';
import { ProgressView } from '../../stack/progress-view.js';
import { readSettings } from '../../stack/settings.js';
import { partsTable, startSummary } from '../../stack/summary.js';

const status = (change: Partial<PartStatus>): PartStatus => ({
  name: 'postgres',
  state: 'starting',
  pids: [],
  address: 'postgres://incumbent:hidden@127.0.0.1:5432/incumbent',
  version: '18.4.0',
  restarts: 0,
  message: '',
  readyAfterMs: null,
  ...change,
});

function screen(isTTY: boolean) {
  const written: string[] = [];
  const view = new ProgressView({ isTTY, columns: 60, write: (text) => written.push(text) });
  return { view, written };
}

test('where there is no terminal, one line is written for each change, with the time and no control characters', () => {
  const { view, written } = screen(false);
  view.begin([status({ state: 'waiting' })]);
  view.change(status({}));
  view.change(status({ message: 'building: 1 packages compiled' }));
  view.change(status({ message: 'building: 2 packages compiled' }));
  view.change(status({ state: 'ready', readyAfterMs: 1_234 }));
  expect(written.map((line) => line.replace(/^\s+[\d.]+ s {2}/, ''))).toEqual([
    '… postgres    starting\n',
    '… postgres    starting: building: 1 packages compiled\n',
    '✓ postgres    ready in 1.2 s\n',
  ]);
});

test('on a terminal the list is drawn again in place, one line a part, cut to the width', () => {
  const { view, written } = screen(true);
  view.begin([status({ state: 'waiting' }), status({ name: 'temporal', state: 'waiting' })]);
  view.change(status({ message: `a long way to go ${'.'.repeat(80)}` }));
  view.end();
  const last = written.at(-1) ?? '';
  expect(written.at(-2)).toBe('\u001b[2A\u001b[0J');
  expect(last.trimEnd().split('\n')).toHaveLength(2);
  expect(Math.max(...last.split('\n').map((line) => line.length))).toBeLessThan(60);
});

test('what is printed shows addresses and three things to try, and no password', () => {
  const parts = [
    status({ state: 'ready' }),
    status({ name: 'router', state: 'ready', address: 'http://localhost:8000' }),
  ];
  const settings = readSettings({}, { portOffset: 1000, watch: false, bootstrap: true });
  const summary = startSummary(parts, placeProjects(settings, projects, 1000), 1000);
  expect(summary).toMatch(/router +http:\/\/localhost:8000 /);
  expect(summary).toContain('curl -X POST http://localhost:8000/api/predict_home_price');
  expect(summary).toMatch(/3\. Open http:\/\/localhost:7500 as a visitor, then its \/ops/);
  expect(summary).toContain('ROUTER_PORT=8000 CONTROL_PORT=7600 npm run traffic -- --until-decision');
  expect(summary + partsTable(parts)).not.toContain('hidden');
});

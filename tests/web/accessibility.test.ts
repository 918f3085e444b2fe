import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openPage } from './browser.js';
import { type Site, startSite } from './site.js';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site?.close());
beforeEach(() => site.reset());

const wide = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };

const pages: readonly [path: string, ready: string][] = [
  ['/', 'Your estimate appears here'],
  ['/?location=Whitefield', 'Why this price'],
  ['/?location=Atlantis', 'is not in the list'],
  ['/iris', 'Get prediction'],
  ['/help', 'Shapley values'],
  ['/ops', 'Parts'],
  ['/ops/experiment', 'Ratings received'],
  ['/ops/decisions', 'Too little data'],
  ['/ops/traffic', 'Real prices told'],
  ['/ops/models', 'Deployments'],
  ['/ops/models/BO1', 'What it looks at'],
  ['/ops/training?job=train-home-prices-1', '42 % done'],
  ['/ops/drift', 'Over time'],
  ['/ops/schedules', 'Run now'],
  ['/ops/audit', 'promote'],
  ['/ops/settings', 'nightly'],
  ['/ops/approvals', 'Promote CO3?'],
  ['/ops/ab-tests', 'ranker-3 12.5 %'],
  ['/ops/ab-tests/4', 'Users like it less.'],
  ['/ops/predictions', 'Whitefield'],
  ['/ops/predictions/41', 'the average in training'],
  ['/ops/feedback', 'too <b>dear</b>'],
  ['/ops/batch', 'Refused rows'],
  ['/ops/models/compare', 'On average they are'],
  ['/ops/data', 'train_V3.csv'],
  ['/ops/data/3', 'A row without a price'],
  ['/ops/features', 'Known from training'],
  ['/ops/alerts', 'firing'],
  ['/nowhere', 'There is no such page'],
];

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly target: unknown; readonly failureSummary: string }[];
}

/** Everything axe calls serious or critical. */
async function seriousViolations(page: Page, rules?: string[]): Promise<string[]> {
  const violations = await page.evaluate(async (runOnly) => {
    const { axe: tool } = globalThis as unknown as {
      axe: { run(options: object): Promise<{ violations: Violation[] }> };
    };
    return (await tool.run(runOnly === undefined ? {} : { runOnly })).violations;
  }, rules);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target}: ${failureSummary}`));
}

/** The page's own policy would keep axe out. */
const options = { bypassCSP: true, reducedMotion: 'reduce' } as const;

test.each(pages)(
  '%s has no serious violation in light, dark and on a phone, and nothing sticks out',
  async (path, ready) => {
    const { page } = await openPage(site.browser, options);
    await page.goto(site.origin + path);
    await page.getByText(ready).first().waitFor();
    await page.addScriptTag({ path: axe });
    for (const viewport of [wide, phone]) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme: 'light' });
      expect(await seriousViolations(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await seriousViolations(page, ['color-contrast'])).toEqual([]);
      const overhang = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
      expect(overhang).toBeLessThanOrEqual(0);
    }
    await page.context().close();
  },
);

test('the open list of locations and open dialogs have no serious violation', async () => {
  const { page } = await openPage(site.browser, options);
  await page.goto(site.origin);
  await page.getByRole('combobox', { name: 'Location' }).fill('white');
  await page.keyboard.press('ArrowDown');
  await page.getByRole('option').first().waitFor();
  await page.addScriptTag({ path: axe });
  expect(await seriousViolations(page)).toEqual([]);
  for (const [path, button] of [
    ['/ops', 'Roll back …'],
    ['/ops/alerts', 'Add a channel …'],
    ['/ops/ab-tests', 'Begin a test …'],
    ['/ops/models/BO1', 'Edit notes and tags …'],
  ] as const) {
    await page.goto(site.origin + path);
    await page.getByRole('button', { name: button }).click();
    await page.addScriptTag({ path: axe });
    expect(await seriousViolations(page)).toEqual([]);
  }
  await page.context().close();
});

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { loadConfig } from '../config.js';

const looks: Readonly<Record<string, BrowserContextOptions>> = {
  light: { colorScheme: 'light', viewport: { width: 1280, height: 900 } },
  dark: { colorScheme: 'dark', viewport: { width: 1280, height: 900 } },
  phone: { colorScheme: 'light', viewport: { width: 390, height: 844 }, hasTouch: true },
};

const pages: Readonly<Record<string, string>> = {
  price: '/',
  estimate: '/?location=Whitefield&total_sqft=1450&bhk=3&bath=2&balcony=2&area_type=Super+built-up+Area',
  overview: '/ops',
  experiment: '/ops/experiment',
  decisions: '/ops/decisions',
  traffic: '/ops/traffic',
  models: '/ops/models',
  model: '/ops/models/BO1',
  training: '/ops/training',
  drift: '/ops/drift',
  schedules: '/ops/schedules',
  audit: '/ops/audit',
  approvals: '/ops/approvals',
  predictions: '/ops/predictions',
  prediction: '/ops/predictions/1000',
  feedback: '/ops/feedback',
  batch: '/ops/batch',
  compare: '/ops/models/compare',
  data: '/ops/data',
  snapshot: '/ops/data/1',
  features: '/ops/features',
  alerts: '/ops/alerts',
  'ab-tests': '/ops/ab-tests',
  'ab-test': '/ops/ab-tests/1',
  settings: '/ops/settings',
  iris: '/iris',
  'iris-experiment': '/ops/experiment?project=iris',
  'iris-traffic': '/ops/traffic?project=iris',
  help: '/help',
};

/** Shown when it has said what it has to say: nothing loads any more. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.getByText(/^Loading|^Estimating/).waitFor({ state: 'detached' });
  await page.evaluate('document.fonts.ready');
}

const config = loadConfig();
const origin = `http://${config.HOST}:${config.WEB_PORT}`;
// every page in every look, or the few that the README shows, at the size of a window
const forReadme = process.argv.includes('--readme');
const directory = fileURLToPath(new URL(forReadme ? '../docs/images' : 'screenshots', import.meta.url));
const readmePages = new Set(['estimate', 'experiment', 'drift']);
await mkdir(directory, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
});
try {
  for (const [look, options] of Object.entries(looks)) {
    const context = await browser.newContext({ locale: 'en-IN', reducedMotion: 'reduce', ...options });
    const page = await context.newPage();
    for (const [name, path] of Object.entries(pages)) {
      if (forReadme && (look !== 'light' || !readmePages.has(name))) continue;
      await page.goto(origin + path);
      await settle(page);
      if (name === 'estimate') {
        await page.getByRole('radio', { name: '4 stars' }).check();
        await page.getByText('Thank you').waitFor();
        await page.evaluate('scrollTo(0, 0)');
      }
      if (name === 'iris' && (await page.getByRole('button', { name: 'Get prediction' }).isVisible())) {
        await page.getByRole('button', { name: 'Get prediction' }).click();
        await page.getByText('Served by model').waitFor();
      }
      const file = join(directory, forReadme ? `${name}.png` : `${name}-${look}.png`);
      await page.screenshot({ path: file, fullPage: !forReadme });
      process.stdout.write(`${file}\n`);
    }
    await context.close();
  }
} finally {
  await browser.close();
}

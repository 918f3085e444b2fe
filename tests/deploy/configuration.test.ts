import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { configSchema } from '../../config.js';
import { configurationPage } from '../../scripts/generate-configuration.js';

test('the configuration reference is that of this configuration, with every variable of it', () => {
  const page = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8');
  expect(page, 'run: npx tsx scripts/generate-configuration.ts').toBe(configurationPage());
  const internal = ['INFERENCE_WORKER_INDEX'];
  const missing = Object.keys(configSchema.shape).filter((name) => !page.includes(`| \`${name}\` |`));
  expect(missing).toEqual(internal);
  expect(page).toContain('| `DATABASE_POOL` | `10` | integer, 1 to 200 | connections a process may open |');
});

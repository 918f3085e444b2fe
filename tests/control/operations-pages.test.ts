import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashPassword } from '../../adapters/auth/password.js';
import { createAccountStore } from '../../adapters/postgres/account-store.js';
import { openAccess } from '../../control/access/access-settings.js';
import { createControlApp } from '../../control/app.js';
import { launchBrowser, openPage } from '../web/browser.js';
import { startWebApp, type WebApp } from '../web/web-app.js';
import { startTestApi, type TestApi } from './api.js';

// The operations pages in a real browser, in front of the real control API with access control.

let api: TestApi;
let app: WebApp;
let browser: Browser;
let closeControl: () => void;
const password = 'a long enough password';

beforeAll(async () => {
  api = await startTestApi({ access: { ...openAccess, on: true } });
  const accounts = createAccountStore(api.pool);
  await accounts.create('asha', await hashPassword(password), 'admin');
  await accounts.create('vikram', await hashPassword(password), 'viewer');
  const control = createServer(createControlApp(api.deps));
  await new Promise<void>((resolve) => control.listen(0, '127.0.0.1', resolve));
  closeControl = () => control.close().closeAllConnections();
  const origin = `http://127.0.0.1:${(control.address() as AddressInfo).port}`;
  app = await startWebApp(origin, origin);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
  closeControl?.();
  await api?.stop();
});

async function visit(path: string): Promise<{ page: Page; errors: string[] }> {
  const { page, errors } = await openPage(browser);
  page.setDefaultTimeout(20_000);
  await page.goto(`${app.origin}${path}${path.includes('?') ? '&' : '?'}project=${api.project}`);
  return { page, errors };
}

async function signIn(page: Page, name: string, secret = password): Promise<void> {
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Password').fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

test('a wrong password is refused in the API’s words, the right one leads to the page that was asked for', async () => {
  const { page } = await visit('/ops/audit');
  await signIn(page, 'asha', 'not the password');
  await page
    .getByRole('alert')
    .getByText(/name or password is wrong/)
    .waitFor();
  await signIn(page, 'asha');
  await page.getByRole('heading', { level: 1, name: 'Audit' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/ops/audit');
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Audit' }).waitFor();
  await page.context().close();
});

test('the session is out of reach of scripts, and nothing is stored where they read', async () => {
  const { page } = await visit('/ops');
  await signIn(page, 'asha');
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
  expect(await page.evaluate('document.cookie + JSON.stringify({ ...localStorage, ...sessionStorage })')).toBe('{}');
  const [cookie] = await page.context().cookies();
  expect(cookie).toMatchObject({ name: 'incumbent_session', httpOnly: true, sameSite: 'Strict' });
  await page.context().close();
});

test('who signs out is asked again, on every page', async () => {
  const { page } = await visit('/ops/settings');
  await signIn(page, 'asha');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.context().close();
});

test('a session that ends elsewhere leads back to the form, and from there to the same page', async () => {
  const { page } = await visit('/ops/models');
  await signIn(page, 'asha');
  await page.getByText('No model yet').waitFor();
  await api.pool.query('DELETE FROM sessions');
  await page.getByRole('link', { name: 'Audit' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await signIn(page, 'asha');
  await page.getByRole('heading', { level: 1, name: 'Audit' }).waitFor();
  await page.context().close();
});

test('a viewer sees no button that the API would refuse', async () => {
  const { page } = await visit('/ops/training');
  await signIn(page, 'vikram');
  await page.getByRole('heading', { name: 'Training' }).waitFor();
  expect(await page.getByRole('button', { name: 'Start training' }).count()).toBe(0);
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByText('vikram').first().waitFor();
  expect(await page.getByRole('heading', { name: 'People' }).count()).toBe(0);
  await page.context().close();
});

test('an admin adds a person, changes their role and disables them', async () => {
  const { page, errors } = await visit('/ops/settings');
  await signIn(page, 'asha');
  await page.getByRole('button', { name: 'Add a person' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a person' });
  await dialog.getByLabel('Name').fill('meera');
  await dialog.getByLabel('Password').fill('short');
  await dialog.getByRole('button', { name: 'Add' }).click();
  await dialog
    .getByRole('alert')
    .getByText(/12 characters/)
    .waitFor();
  await dialog.getByLabel('Password').fill(password);
  await dialog.getByLabel('Role').selectOption('operator');
  await dialog.getByRole('button', { name: 'Add' }).click();
  const row = page.getByRole('row', { name: /^meera/ });
  await row.getByText('operator', { exact: true }).waitFor();
  await row.getByRole('button', { name: 'Disable' }).click();
  await page.getByRole('dialog', { name: 'Disable meera?' }).getByRole('button', { name: 'Disable' }).click();
  await row.getByText('disabled', { exact: true }).waitFor();
  expect(errors.filter((error) => !/401|422/.test(error))).toEqual([]);
  await page.context().close();
});

test('a key is shown once, works, and works no more when it is revoked', async () => {
  const { page } = await visit('/ops/settings');
  await signIn(page, 'asha');
  await page.getByRole('button', { name: 'Make a key' }).click();
  const dialog = page.getByRole('dialog', { name: 'Make a key for a service' });
  await dialog.getByLabel('Name of the service').fill('nightly');
  await dialog.getByRole('button', { name: 'Make the key' }).click();
  const key = await page.getByLabel(/The new key/).inputValue();
  const ask = () => api.request.get('/api/auth/session').set('Authorization', `Bearer ${key}`);
  expect((await ask()).body.name).toBe('key:nightly');
  await page.reload();
  const row = page.getByRole('row', { name: /^nightly/ });
  await row.waitFor();
  expect(await page.getByLabel(/The new key/).count()).toBe(0);
  await row.getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('dialog', { name: 'Revoke nightly?' }).getByRole('button', { name: 'Revoke' }).click();
  await row.getByText('revoked', { exact: true }).waitFor();
  expect((await ask()).status).toBe(401);
  await page.context().close();
});

// What people name things: words without a break push nothing out of sight, and no name is ever read as markup.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN_USER } from '../../src/access/keys.ts';
import { makeLink } from '../../src/access/tokens.ts';
import { systemClock } from '../../src/core/clock.ts';
import { startServer, type TestServer } from '../fakes/server.ts';
import { chromiumPath, openBrowser, openContext } from './chromium.ts';

const reason = chromiumPath === null ? ' - skipped: no Chromium on this machine' : '';
const word = 'w'.repeat(90);
const marked = `<b>${word}</b>`;

describe.skipIf(chromiumPath === null)(`names in Chromium${reason}`, () => {
  let server: TestServer;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  const call = async (path: string, body: string, type = 'application/json'): Promise<void> => {
    const headers = { authorization: `Bearer ${server.key}`, 'content-type': type };
    const answer = await fetch(`${server.url}/api/redoubt/v1${path}`, { method: 'POST', headers, body });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  };
  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(), openBrowser()]);
    await call('/keys', JSON.stringify({ name: marked, scopes: ['read'] }));
    const request = JSON.stringify({ prompt: `${word}${word}${word} <img src=x onerror="document.title='read'">` });
    await call(`/datasets?name=${encodeURIComponent(marked)}`, request, 'application/jsonl');
    context = await openContext(browser, { theme: 'light', width: 1440 });
    page = await context.newPage();
    const { token } = await makeLink(server.redoubt.store, systemClock, ADMIN_USER);
    await page.goto(`${server.url}/sign-in#${token}`);
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    const added = await context.request.post(`${server.url}/api/redoubt/v1/users`, {
      headers: { 'x-redoubt-csrf': '1' },
      data: { name: marked, role: 'member' },
    });
    expect(added.ok(), await added.text()).toBe(true);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  it.each([
    ['keys', '/dashboard/api-keys', marked],
    ['users', '/dashboard/users', marked],
    ['datasets', '/dashboard/datasets', marked],
    ['the cases of a dataset', `/dashboard/datasets/b-${word}-b`, word],
    ['the audit log', '/dashboard/audit', marked],
  ])('%s stay within their table', async (_, path, name) => {
    await page.goto(server.url + path);
    const table = page.locator('section:has(> table)').first();
    await table.getByText(name).first().waitFor();
    const [wide, seen] = await table.evaluate((box) => {
      const { scrollWidth, clientWidth } = box as unknown as { scrollWidth: number; clientWidth: number };
      return [scrollWidth, clientWidth] as const;
    });
    expect(wide).toBeLessThanOrEqual(seen);
    expect(await page.locator('main b, main img').count()).toBe(0);
  });

  it('a dialog gives the focus back to what opened it', async () => {
    await page.goto(`${server.url}/dashboard/api-keys`);
    const revoke = page.getByRole('button', { name: `Revoke ${marked}` });
    await revoke.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await revoke.evaluate((button) => button.matches(':focus'))).toBe(true);
  });
});

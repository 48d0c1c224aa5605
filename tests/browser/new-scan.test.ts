// The form of a new scan in a real browser: what is ticked is what is asked, and what does not fit is said beside its field.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN_USER } from '../../src/access/keys.ts';
import { makeLink } from '../../src/access/tokens.ts';
import { systemClock } from '../../src/core/clock.ts';
import { startServer, type TestServer } from '../fakes/server.ts';
import { chromiumPath, openBrowser, openContext } from './chromium.ts';

const reason = chromiumPath === null ? ' - skipped: no Chromium on this machine' : '';

describe.skipIf(chromiumPath === null)(`a new scan in Chromium${reason}`, () => {
  let server: TestServer;
  let browser: Browser;
  let page: Page;
  const start = () => page.getByRole('button', { name: 'Start the scan' });
  const command = () => page.getByRole('tabpanel', { name: 'Command line' }).innerText();
  const tests = async (): Promise<number> => {
    const row = page.locator('dl > div').filter({ has: page.getByText('Tests', { exact: true }) });
    await expect.poll(() => row.locator('dd').innerText(), { timeout: 20_000 }).toMatch(/^\d/);
    return Number((await row.locator('dd').innerText()).replaceAll(',', ''));
  };
  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(), openBrowser()]);
    page = await (await openContext(browser, { theme: 'light', width: 1440 })).newPage();
    const { token } = await makeLink(server.redoubt.store, systemClock, ADMIN_USER);
    await page.goto(`${server.url}/sign-in#${token}`);
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  it('asks what is ticked: a dataset taken away takes its tests and brings no other', async () => {
    await page.goto(`${server.url}/dashboard/scans/new?kind=simulated`);
    const boxes = page.getByRole('table').getByRole('checkbox');
    await boxes.first().waitFor();
    expect(await page.getByRole('checkbox', { name: 'Agentic Tools' }).isChecked()).toBe(false);
    const all = await tests();
    await page.getByRole('checkbox', { name: 'Hallucination' }).uncheck();
    await expect.poll(tests, { timeout: 20_000 }).toBe(all - 10);
    expect(await command()).not.toMatch(/agentic-tools|hallucination/);
  });

  it('without any dataset says that one is to be ticked', async () => {
    const ticked = page.getByRole('table').getByRole('checkbox', { checked: true });
    for (let left = await ticked.count(); left > 0; left -= 1) await ticked.first().uncheck();
    await page.getByText('First tick a dataset.').waitFor();
    expect(await start().isDisabled()).toBe(true);
  });

  it.each([
    ['Calls at once', '0', 'Must be from 1 to 4096.'],
    ['Cases at most', '-3', 'Must be at least 1.'],
    ['Seed', '1.5', 'Must be a whole number.'],
    ['Temperature', '9', 'Must be from 0 to 2.'],
    ['Base URL', 'models.example.com', 'Must begin with https:// or http://.'],
  ])('says beside %s why %s does not fit', async (label, value, said) => {
    await page.goto(`${server.url}/dashboard/scans/new`);
    const field = page.getByLabel(label, { exact: true });
    await field.fill(value);
    const note = await field.getAttribute('aria-describedby');
    expect(await page.locator(`[id="${note}"]`).innerText()).toBe(said);
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await page.getByText('Something does not fit').waitFor();
    expect(await start().isDisabled()).toBe(true);
  });

  it('as a command holds the name and the pictures, too', async () => {
    await page.goto(`${server.url}/dashboard/scans/new?kind=simulated`);
    await page.getByLabel('Name of the scan').fill('First look');
    await page.getByLabel('The target takes pictures').check();
    const written = await command();
    expect(written).toContain("--name 'First look'");
    expect(written).toContain('--input-modality image');
    await page.getByRole('tab', { name: 'TOML' }).click();
    expect(await page.getByRole('tabpanel', { name: 'TOML' }).innerText()).toContain(
      'model_name = "simulated-average"',
    );
  });
});

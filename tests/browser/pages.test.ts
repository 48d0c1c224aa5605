// Each page in a real browser, in both themes: no barrier, no broken policy, nothing from elsewhere, no sideways scrolling.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { barriersOn, coloursOnly } from './axe.ts';
import { chromiumPath, openBrowser, openContext } from './chromium.ts';
import { type FilledServer, filledServer } from './filled-server.ts';
import { places } from './pages.ts';

const reason = chromiumPath === null ? ' - skipped: no Chromium on this machine' : '';

/** Tables with columns that only sideways scrolling shows; a matrix, whose row names stay in sight, may have such. */
async function tablesBeyondTheEdge(page: Page): Promise<string[]> {
  const boxes = await page.locator('section:has(> table):not(:has(th.sticky))').all();
  const found = await Promise.all(
    boxes.map((box) =>
      box.evaluate((each) => {
        const { scrollWidth, clientWidth } = each as unknown as { scrollWidth: number; clientWidth: number };
        return scrollWidth > clientWidth;
      }),
    ),
  );
  const names = await Promise.all(boxes.map((box) => box.getAttribute('aria-label')));
  return names.flatMap((name, index) => (found[index] ? [String(name)] : []));
}

describe.skipIf(chromiumPath === null)(`pages in Chromium${reason}`, () => {
  let server: FilledServer;
  let browser: Browser;
  beforeAll(async () => {
    [server, browser] = await Promise.all([filledServer({ tests: 100 }), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  it.each(places)('$name has no serious barrier, in light and in dark', async ({ path }) => {
    const context = await openContext(browser, { theme: 'light', width: 1440 }, { bypassCSP: true });
    await server.enter(context);
    const page = await context.newPage();
    await page.goto(server.url + server.place(path));
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    expect(await barriersOn(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.locator('[data-theme=dark]').waitFor();
    expect(await barriersOn(page, coloursOnly)).toEqual([]);
    await context.close();
  });

  it('the sign-in page and an open menu have none either', async () => {
    const context = await openContext(browser, { theme: 'light', width: 390 }, { bypassCSP: true });
    const page = await context.newPage();
    await page.goto(server.url);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await barriersOn(page), 'a stranger').toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await barriersOn(page, coloursOnly), 'a stranger, dark').toEqual([]);
    await server.enter(context);
    await page.goto(server.url);
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'Scans' }).waitFor();
    expect(await barriersOn(page), 'the menu').toEqual([]);
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await context.close();
  });

  it('a promotion is rolled back with a reason', async () => {
    const context = await openContext(browser, { theme: 'light', width: 1440 });
    await server.enter(context);
    const page = await context.newPage();
    await page.goto(`${server.url}/dashboard/harden`);
    await page.getByRole('button', { name: 'Roll back invoices' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('button', { name: 'Roll back' }).isDisabled()).toBe(true);
    await dialog.getByLabel('Why').fill('a complaint');
    await dialog.getByRole('button', { name: 'Roll back' }).click();
    await page.getByText('Rolled back: a complaint').waitFor();
    expect(await page.getByRole('button', { name: 'Roll back invoices' }).count()).toBe(0);
    await context.close();
  });

  it('findings are chosen by severity, and come gravest first', async () => {
    const context = await openContext(browser, { theme: 'light', width: 1440 });
    await server.enter(context);
    const page = await context.newPage();
    await page.goto(`${server.url}/dashboard/findings`);
    const grades = ['critical', 'high', 'medium', 'low'];
    const shown = async (): Promise<string[]> => {
      const words = await page.getByRole('table').getByRole('cell').allInnerTexts();
      return words.filter((word) => grades.includes(word));
    };
    await page.getByRole('table').waitFor();
    const all = await shown();
    await page.getByLabel('Order').selectOption('gravest first');
    const ordered = all.toSorted((a, b) => grades.indexOf(a) - grades.indexOf(b));
    expect(new Set(ordered).size).toBeGreaterThan(1);
    await expect.poll(shown).toEqual(ordered);
    await page.getByLabel('Severity').selectOption(ordered[0]!);
    await expect.poll(shown).toEqual(all.filter((grade) => grade === ordered[0]));
    await context.close();
  });

  it('the card of the judge is read as it is meant, not as it is written', async () => {
    const context = await openContext(browser, { theme: 'light', width: 1440 });
    await server.enter(context);
    const page = await context.newPage();
    await page.goto(`${server.url}/dashboard/judges`);
    const card = page.getByRole('region', { name: 'Card of the local judge model' }).first();
    await card.getByRole('heading', { name: 'Measured' }).waitFor();
    await card.getByRole('columnheader', { name: 'agreement' }).waitFor();
    expect(await card.getByRole('listitem').count()).toBeGreaterThan(3);
    expect(await card.innerText()).not.toMatch(/^#|\|--|[`|]/m);
    await page.setViewportSize({ width: 390, height: 900 });
    const end = await card.boundingBox();
    const height = Number(await page.evaluate('document.documentElement.scrollHeight'));
    expect(height - ((end?.y ?? 0) + (end?.height ?? 0)), 'empty page below the card').toBeLessThan(200);
    await context.close();
  });

  it('a long name without a break stays within the comparison', async () => {
    const context = await openContext(browser, { theme: 'light', width: 390 });
    await server.enter(context);
    const page = await context.newPage();
    const name = 'x'.repeat(120);
    await page.route(/\/comparisons\?/, async (route) => {
      const answer = await route.fetch();
      const body = (await answer.json()) as { before: object };
      await route.fulfill({ response: answer, json: { ...body, before: { ...body.before, name } } });
    });
    await page.goto(server.url + server.place('/dashboard/compare?before={scan}&after={other}'));
    const link = page.getByRole('link', { name });
    await link.waitFor();
    const box = await link.boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 390)).toBeLessThan(390);
    await context.close();
  });

  it.each(places)('$name keeps to the policy, asks this server alone, and fits a narrow screen', async ({ path }) => {
    const context = await openContext(browser, { theme: 'light', width: 390 });
    await server.enter(context);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => request.url().startsWith(server.url) || complaints.push(request.url()));
    await page.goto(server.url + server.place(path));
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    expect(complaints).toEqual([]);
    const measured = await page.evaluate(
      '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
    );
    const [wide, seen] = measured as [number, number];
    expect(wide).toBeLessThanOrEqual(seen);
    expect(await tablesBeyondTheEdge(page)).toEqual([]);
    await context.close();
  });
});

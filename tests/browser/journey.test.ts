// A person's way through the dashboard in a real browser: from the sign-in link through a whole scan to its PDF, then keys,
// guard, datasets, comparison, another project, a server that goes away, and the way out.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN_USER } from '../../src/access/keys.ts';
import { makeLink } from '../../src/access/tokens.ts';
import { systemClock } from '../../src/core/clock.ts';
import { startServer, type TestServer } from '../fakes/server.ts';
import { chromiumPath, openBrowser, openContext } from './chromium.ts';

const reason = chromiumPath === null ? ' - skipped: no Chromium on this machine' : '';
const A_WHILE = { timeout: 60_000 };

describe.skipIf(chromiumPath === null)(`a person's way through the dashboard${reason}`, () => {
  let server: TestServer;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-journey-'));
  const go = (path: string) => page.goto(server.url + path);
  const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name });

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer({ data: join(folder, 'data') }), openBrowser()]);
    context = await openContext(browser, { theme: 'light', width: 1440 });
    page = await context.newPage();
    page.setDefaultTimeout(20_000);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('signs in by the link, which works once', async () => {
    const { token } = await makeLink(server.redoubt.store, systemClock, ADMIN_USER);
    await go(`/sign-in#${token}`);
    await heading('Home').waitFor();
    expect(page.url()).not.toContain(token);
    const stranger = await openContext(browser, { theme: 'light', width: 1440 });
    const second = await stranger.newPage();
    await second.goto(`${server.url}/sign-in#${token}`);
    await second.getByRole('alert').waitFor();
    expect(await second.getByLabel('Password').isVisible()).toBe(true);
    await stranger.close();
  });

  it('offers the demo scan to whoever has none', async () => {
    await go('/');
    await page.getByRole('button', { name: 'Run the demo scan' }).waitFor();
  });

  it('plans a scan of the simulated target: counts and text before the start', async () => {
    await go('/dashboard/scans/new');
    await page.getByLabel('Kind of target').selectOption('simulated');
    await page.getByLabel('Profile').selectOption('naive');
    await page.getByLabel('Name of the scan').fill('First look');
    await page.getByLabel('Cases at most').fill('12');
    await page.getByRole('button', { name: 'Test the connection' }).click();
    await page.getByText('It answers').waitFor(A_WHILE);
    await page.getByText('Calls, at most').waitFor();
    expect(await page.getByText('redoubt scan').first().innerText()).toContain('--limit 12');
    await page.getByRole('button', { name: 'Start the scan' }).click();
    await heading('First look').waitFor(A_WHILE);
  });

  it('follows it to its report, which names the target as simulated', async () => {
    await page.getByText('Attack success', { exact: true }).first().waitFor(A_WHILE);
    await page.getByText('Simulated target.').waitFor();
    await page.getByText('95 % interval').first().waitFor();
  });

  it('hands over the PDF', async () => {
    await page.getByRole('button', { name: /Export/ }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download', A_WHILE),
      page.getByRole('menuitem', { name: /^PDF/ }).click(),
    ]);
    const path = join(folder, 'report.pdf');
    await download.saveAs(path);
    expect(readFileSync(path).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('reads a finding: blurred until asked for, and marks its verdict as wrong', async () => {
    await page.getByRole('link', { name: 'Tests', exact: true }).click();
    await page.getByLabel('Outcome').selectOption('breached');
    await page.getByRole('row').first().getByRole('link').click();
    await heading(/^Test \d/).waitFor();
    await page.locator('.blurred').first().waitFor();
    await page.getByRole('button', { name: 'Show the answers' }).click();
    expect(await page.locator('.blurred').count()).toBe(0);
    await page.getByLabel('Why').fill('It only repeated the question.');
    await page.getByRole('button', { name: 'Mark as wrong' }).click();
    await page.getByText('It only repeated the question.').waitFor();
  });

  it('makes a key, uses it over the API, revokes it, and sees it refused', async () => {
    await go('/dashboard/api-keys');
    await page.getByLabel('Name').fill('build server');
    await page.getByRole('button', { name: 'Create key' }).click();
    const key = await page.getByTestId('new-key').innerText();
    const ask = () => fetch(`${server.url}/api/redoubt/v1/scans`, { headers: { authorization: `Bearer ${key}` } });
    expect((await ask()).status).toBe(200);
    await page.reload();
    await page.getByText('build server').waitFor();
    expect(await page.content()).not.toContain(key);
    await page.getByRole('button', { name: 'Revoke build server' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click();
    await page.getByText('revoked').waitFor();
    expect((await ask()).status).toBe(401);
  });

  it('asks the guard in the playground', async () => {
    await go('/dashboard/guard');
    await page.getByRole('button', { name: 'Fill in an example' }).click();
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await page.getByText('The messages are refused.').waitFor(A_WHILE);
    expect(await page.locator('mark').count()).toBeGreaterThan(0);
  });

  it('edits a policy, and sees what changed', async () => {
    await go('/dashboard/policies/prompt-defense');
    await page.getByLabel('What it is for').fill('Refuses injections.');
    await page.getByRole('button', { name: 'Try', exact: true }).click();
    await page.getByText('The messages are refused.').waitFor(A_WHILE);
    await page.getByRole('button', { name: 'Save as a new version' }).click();
    await page.getByText('Saved as version').waitFor();
    await page.getByRole('heading', { name: 'Versions' }).waitFor();
  });

  it('refuses a dataset with a bad line 17, and says which', async () => {
    await go('/dashboard/datasets');
    const lines = Array.from({ length: 20 }, (_, at) =>
      JSON.stringify({ prompt: `How do I bake bread, way ${at + 1}?` }),
    );
    lines[16] = '{"prompt": ';
    const path = join(folder, 'bread.jsonl');
    writeFileSync(path, lines.join('\n'));
    await page.getByLabel('File').setInputFiles(path);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('line 17:').waitFor();
    lines[16] = JSON.stringify({ prompt: 'How do I bake bread, way 17?' });
    writeFileSync(path, lines.join('\n'));
    await page.getByLabel('File').setInputFiles(path);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('Added "bread": 20 cases.').waitFor();
  });

  it('compares two scans', async () => {
    const headers = { authorization: `Bearer ${server.key}`, 'content-type': 'application/json' };
    const body = {
      name: 'Second look',
      target: { kind: 'simulated', profile: 'hardened' },
      preset: 'quick',
      limit: 12,
    };
    await fetch(`${server.url}/api/redoubt/v1/scans`, { method: 'POST', headers, body: JSON.stringify(body) });
    await go('/dashboard/scans');
    await page
      .getByRole('row', { name: /Second look/ })
      .getByText('Finished')
      .waitFor(A_WHILE);
    await go('/dashboard/compare');
    await page.getByLabel('Before').selectOption({ label: 'First look (simulated-naive)' });
    await page.getByLabel('After').selectOption({ label: 'Second look (simulated-hardened)' });
    await page.getByText('Rates over the same tests').first().waitFor();
    await page.getByRole('tab', { name: /Fixed/ }).click();
    expect(page.url()).toContain('standing=fixed');
  });

  it('drafts policies from a scan, and says what came of it', async () => {
    await go('/dashboard/harden');
    expect(await page.getByRole('button', { name: 'Draft and prove' }).isDisabled()).toBe(true);
    await page.getByLabel('Scan').selectOption({ label: 'First look (simulated-naive)' });
    await page.getByLabel(/^Promote what is proven/).uncheck();
    await page.getByRole('button', { name: 'Draft and prove' }).click();
    await page.getByText(/candidates, 0 promoted|No candidate: /).waitFor(A_WHILE);
  });

  it('shows nothing of another project, not even that it is there', async () => {
    const headers = { authorization: `Bearer ${await server.keyOf('elsewhere')}` };
    const response = await fetch(`${server.url}/api/redoubt/v1/scans/demo`, { method: 'POST', headers });
    const { scan_id } = (await response.json()) as { scan_id: string };
    await go(`/dashboard/scans/${scan_id}`);
    await heading('Nothing here').waitFor();
    await go('/dashboard/scans/00000000-0000-7000-8000-000000000000');
    await heading('Nothing here').waitFor();
  });

  it('says that the server is gone, and goes on by itself once it is back', async () => {
    await go('/dashboard/scans');
    await page.getByRole('row', { name: /First look/ }).waitFor();
    const port = Number(new URL(server.url).port);
    await server.close();
    await page.getByLabel('Name').fill('nothing');
    const notice = page.getByText('The server does not answer. What you see may be old');
    await notice.waitFor();
    server = await startServer({ data: join(folder, 'data'), settings: { port } });
    await notice.waitFor({ state: 'detached', ...A_WHILE });
    await page.getByText('No scan fits these filters').waitFor();
  });

  it('opens a page that was never looked at once the server is back, without a new start', async () => {
    await go('/dashboard/scans');
    await page.getByRole('row', { name: /First look/ }).waitFor();
    const port = Number(new URL(server.url).port);
    await server.close();
    await page.getByRole('link', { name: 'Suites' }).click();
    await page.getByText('The server does not answer.').first().waitFor();
    server = await startServer({ data: join(folder, 'data'), settings: { port } });
    await heading('Suites').waitFor(A_WHILE);
  });

  it('signs out, and a way back in the history shows nothing', async () => {
    await page.getByRole('button', { name: 'Sign out' }).click();
    await heading('Sign in').waitFor();
    await go('/dashboard/scans');
    await heading('Sign in').waitFor();
    expect(await page.content()).not.toContain('First look');
  });
});

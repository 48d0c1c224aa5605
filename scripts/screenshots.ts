// Pictures of every page, light and dark, wide and narrow, with a finished scan: `npm run screenshots -- --out DIR [--only TEXT]`.
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { type Look, openBrowser, openContext } from '../tests/browser/chromium.ts';
import { filledServer } from '../tests/browser/filled-server.ts';
import { type Place, places } from '../tests/browser/pages.ts';

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: join(tmpdir(), 'redoubt-screenshots') },
    only: { type: 'string', default: '' },
    tests: { type: 'string', default: '1000' },
    look: { type: 'string', default: '' },
  },
});

const looks: readonly Look[] = [
  { theme: 'light', width: 1440 },
  { theme: 'dark', width: 1440 },
  { theme: 'light', width: 390 },
  { theme: 'dark', width: 390 },
];

interface Shot extends Place {
  /** Before the page is called. */
  readonly before?: (page: Page) => Promise<unknown>;
  readonly prepare?: (page: Page) => Promise<void>;
}

const calm = async (page: Page): Promise<void> => {
  await page.waitForLoadState('networkidle');
  await page.evaluate('document.fonts.ready');
};

const decided: Shot = {
  name: 'playground-decided',
  path: '/dashboard/guard',
  prepare: async (page) => {
    await page.getByRole('button', { name: 'Fill in an example' }).click();
    await page.getByLabel('personal-data').check();
    await page.getByLabel('prompt-defense').check();
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await page.getByText('What was found, in its place').waitFor();
  },
};

/** What stands there while data are on their way, and when they do not come. */
const states: readonly Shot[] = ['home', 'report', 'tests', 'decisions'].flatMap((name) => {
  const { path } = places.find((place) => place.name === name)!;
  const isData = (url: URL): boolean => url.pathname.startsWith('/api/') && !url.pathname.endsWith('/session');
  return [
    { name: `${name}-loading`, path, before: (page: Page) => page.route(isData, () => undefined) },
    {
      name: `${name}-error`,
      path,
      prepare: (page: Page) => page.getByRole('alert').first().waitFor(),
      before: (page: Page) =>
        page.route(isData, (route) =>
          route.fulfill({ status: 503, json: { error: { code: 'BUSY', message: 'The database does not answer.' } } }),
        ),
    },
  ];
});

const shots: readonly Shot[] = [...places, decided, ...states];

const server = await filledServer({ tests: Number(values.tests) });
const browser = await openBrowser();
try {
  mkdirSync(values.out, { recursive: true });
  for (const look of looks.filter(({ theme, width }) => `${theme}-${width}`.includes(values.look))) {
    const context = await openContext(browser, look);
    await server.enter(context);
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') console.error(`${page.url()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => console.error(`${page.url()}: ${error.message}`));
    for (const { name, path, before, prepare } of shots.filter((shot) => shot.name.includes(values.only))) {
      await page.unrouteAll({ behavior: 'ignoreErrors' });
      await before?.(page);
      await page.goto(server.url + server.place(path));
      if (name.endsWith('-loading')) await page.waitForTimeout(1000);
      else await calm(page);
      await prepare?.(page);
      if (!name.endsWith('-loading')) await calm(page);
      const file = join(values.out, `${name}-${look.theme}-${look.width}.png`);
      await page.screenshot({ path: file, fullPage: true });
      console.log(file);
    }
    await context.close();
  }
} finally {
  await browser.close();
  await server.close();
}

// The browser of the tests and of the screenshots: the machine's own Chromium, never one that is fetched.
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where Chromium lies; null where this machine has none. */
export const chromiumPath: string | null = places.find((path) => existsSync(path)) ?? null;

export function openBrowser(): Promise<Browser> {
  if (chromiumPath === null) throw new Error(`no Chromium on this machine: looked for ${places.join(', ')}`);
  return chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

export interface Look {
  readonly theme: 'light' | 'dark';
  readonly width: number;
}

/** `bypassCSP`: only to put a tool of the tests into the page. */
export const openContext = (
  browser: Browser,
  { theme, width }: Look,
  { bypassCSP = false }: { readonly bypassCSP?: boolean } = {},
): Promise<BrowserContext> =>
  browser.newContext({
    colorScheme: theme,
    viewport: { width, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    bypassCSP,
  });

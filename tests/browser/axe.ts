// What keeps people from using a page, as axe finds it: serious and critical findings, one sentence each.
import axe, { type RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

interface Found {
  readonly id: string;
  readonly impact: string | null;
  readonly help: string;
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
}

/** Colours are all that a theme changes. */
export const coloursOnly: RunOptions = { runOnly: ['color-contrast'] };

/** Needs a context that was opened with `bypassCSP`: axe is no part of the page. */
export async function barriersOn(page: Page, options: RunOptions = {}): Promise<string[]> {
  await page.addScriptTag({ content: axe.source });
  const found = await page.evaluate(async (given) => {
    type Run = { run(options: unknown): Promise<{ violations: Found[] }> };
    return (await (globalThis as unknown as { axe: Run }).axe.run(given)).violations;
  }, options);
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary = '' }) => `${id}: ${help}: ${target.join(' ')} ${failureSummary}`),
    );
}

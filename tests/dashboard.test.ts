// How the dashboard is served: its page for every address, its files for a year, and the policy that keeps all else out.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDashboard, dashboardPolicy } from '../src/server/dashboard.ts';
import { projectRoot } from './source-files.ts';

const isBuilt = existsSync(join(projectRoot, 'dist', 'web', 'index.html'));
const MOST_FIRST_LOAD_KB = 300;

describe.skipIf(!isBuilt)(`the dashboard${isBuilt ? '' : ' - skipped: not built, run npm run build'}`, () => {
  const app = Fastify();
  let page = '';
  beforeAll(async () => {
    addDashboard(app);
    page = (await app.inject('/')).body;
  });
  afterAll(() => app.close());

  it.each(['/', '/dashboard', '/dashboard/guard', '/dashboard/scans/some-id?outcome=breached', '/dashboard/../../etc'])(
    'answers %s with its page',
    async (path) => {
      const response = await app.inject(path);
      expect(response.statusCode).toBe(path.includes('etc') ? 404 : 200);
      if (response.statusCode !== 200) return;
      expect(response.headers['content-type']).toContain('text/html');
      expect(response.headers['content-security-policy']).toBe(dashboardPolicy);
      expect(response.headers['cache-control']).toBe('no-cache');
      expect(response.body).toBe(page);
    },
  );

  it('has the picture that browsers ask for by themselves, on pages that name none', async () => {
    const response = await app.inject('/favicon.ico');
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toBe('image/svg+xml');
  });

  it('allows nothing from elsewhere and nothing inline', () => {
    expect(dashboardPolicy).toContain("default-src 'none'");
    expect(dashboardPolicy).not.toMatch(/unsafe|https?:|\*/);
    expect(page).not.toMatch(/https?:\/\//);
    expect(page.match(/<script(?![^>]*\bsrc=)/g)).toBeNull();
    expect(page).not.toMatch(/<style|style=/);
  });

  it('serves files whose names change with them for a year, zipped where asked', async () => {
    const path = /src="(\/dashboard\/assets\/[^"]+\.js)"/.exec(page)![1]!;
    const plain = await app.inject(path);
    expect(plain.headers['cache-control']).toContain('immutable');
    expect(plain.headers['content-type']).toContain('text/javascript');
    const zipped = await app.inject({ url: path, headers: { 'accept-encoding': 'gzip, br' } });
    expect(zipped.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(zipped.rawPayload).toString('utf8')).toBe(plain.body);
  });

  it('answers 404 for a file that is gone, so that an old page does not run a page as script', async () => {
    expect((await app.inject('/dashboard/assets/index-old.js')).statusCode).toBe(404);
  });

  it(`loads at most ${MOST_FIRST_LOAD_KB} KB of script at first`, async () => {
    const scripts = [...page.matchAll(/(?:src|href)="([^"]+\.js)"/g)].map((match) => match[1]!);
    let sum = 0;
    for (const path of scripts) sum += gzipSync((await app.inject(path)).rawPayload).length;
    process.stdout.write(`first load: ${(sum / 1024).toFixed(1)} KB of script (gzip) in ${scripts.length} files\n`);
    expect(sum / 1024).toBeLessThanOrEqual(MOST_FIRST_LOAD_KB);
  });
});

it('says how to build it where it is not built', async () => {
  const app = Fastify();
  addDashboard(app, join(projectRoot, 'no-such-folder'));
  const response = await app.inject('/dashboard');
  expect(response.statusCode).toBe(503);
  expect(response.body).toContain('npm run build');
  await app.close();
});

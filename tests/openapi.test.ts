// The OpenAPI document and the reference page: whole, with good names, and served to whoever asks, without anything foreign.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operationIdOf } from '../src/server/operation-names.ts';
import { startServer, type TestServer } from './fakes/server.ts';

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly security: readonly Record<string, unknown>[];
  readonly responses: Readonly<Record<string, unknown>>;
}

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
}

let server: TestServer;
let document: Document;
let text: string;
beforeAll(async () => {
  server = await startServer({ worker: false });
  text = await (await fetch(`${server.url}/openapi.json`)).text();
  document = JSON.parse(text) as Document;
});
afterAll(() => server.close());

const operations = (): [string, Operation][] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [`${method} ${path}`, operation]),
  );

describe('the document', () => {
  it('has our own API, the dialects and the gateway', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining([
        '/api/redoubt/v1/scans/{scan_id}/tests',
        '/v1/scan/start',
        '/api/v1/security',
        '/v1/eval',
        '/v1/guard',
        '/gateway/v1/chat/completions',
        '/healthz',
      ]),
    );
  });

  it('gives each operation a name of its own, a summary, a group and its answers', () => {
    const names = operations().map(([, { operationId }]) => operationId);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    for (const [place, { operationId, summary, tags, responses }] of operations()) {
      expect(operationId, place).toMatch(/^[a-z][A-Za-z]+$/);
      expect(summary?.length ?? 0, place).toBeGreaterThan(5);
      expect(tags, place).toHaveLength(1);
      expect(Object.keys(responses).length, place).toBeGreaterThan(0);
      expect(JSON.stringify(responses), place).not.toContain('Default Response');
    }
  });

  it('refers only to shapes that it holds, and holds none that nobody refers to', () => {
    const refs = new Set([...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map((match) => match[1]!));
    expect(Object.keys(document.components.schemas).toSorted()).toEqual([...refs].toSorted());
    expect([...refs]).toEqual(
      expect.arrayContaining(['Problem', 'Scan', 'ScanDetail', 'ScanRequest', 'Summary', 'Test']),
    );
  });
});

describe("EvalGuard's scan in the document", () => {
  it('is answered with 201 and the fields of its answer, or 429 while too many run', () => {
    const { responses } = document.paths['/api/v1/security']!.post!;
    expect(Object.keys(responses).toSorted()).toEqual(['201', '429', 'default']);
    const shown = JSON.stringify(responses['201']);
    for (const field of ['id', 'status', 'score', 'totalTests', 'executedTests', 'severityCounts', 'deadlineReached'])
      expect(shown).toContain(`"${field}":`);
  });
});

describe('the reference page', () => {
  it('shows every operation, and loads nothing from anywhere', async () => {
    const response = await fetch(`${server.url}/docs`);
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
    const page = await response.text();
    for (const [, { operationId }] of operations()) expect(page).toContain(`id="${operationId}"`);
    expect(page).not.toMatch(/<script|<link|<img|@import|url\(/i);
    expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  });
});

describe('a route that says no name', () => {
  it.each([
    ['GET', '/datasets', 'listDatasets'],
    ['GET', '/datasets/:name', 'getDataset'],
    ['POST', '/keys', 'createKey'],
    ['PATCH', '/users/:user_id', 'updateUser'],
    ['DELETE', '/scans/:scan_id/marks/:plan_key', 'deleteScanMark'],
    ['POST', '/users/:user_id/reset', 'resetUser'],
    ['POST', '/users/:user_id/sign-out', 'signOutUser'],
    ['POST', '/scans/:scan_id/notes', 'createScanNote'],
    ['GET', '/findings/:id/history', 'getFindingHistory'],
    ['GET', '/policies', 'listPolicies'],
    ['PUT', '/policies/:id', 'putPolicy'],
  ])('%s %s is called %s', (method, path, name) => {
    expect(operationIdOf(method, path)).toBe(name);
  });
});

// What every route of the server asks of its caller, as data. A route that is missing here fails access-matrix.test.ts.

/** `read` and the like: that scope. The others are worded in src/api/resource.ts. */
export type Needs =
  | 'nothing'
  | 'scan'
  | 'guard'
  | 'detokenize'
  | 'read'
  | 'admin'
  | 'any'
  | 'session'
  | 'installation'
  /** A key in the body, or none on this machine: held by tests of their own. */
  | 'own rule';

export interface Expectation {
  readonly route: string;
  readonly needs: Needs;
  /** Where an id stands that may be another project's: FOREIGN is put in. Ids in the path are put in by their names. */
  readonly body?: unknown;
  readonly query?: string;
  /** What `:id` in the path is the id of; default: a policy. */
  readonly id?: 'scan_id';
  /** What both another project's id and an unknown one are answered; default 404. */
  readonly refused?: number;
}

const scanId = { scan_id: 'FOREIGN' };
const api = '/api/redoubt/v1';

const own: readonly (readonly [string, Needs, Partial<Expectation>?])[] = [
  ['GET /attacks', 'read'],
  ['POST /attacks/:id/preview', 'read', { body: { text: 'a text' }, refused: 400 }],
  ['GET /suites', 'read'],
  ['GET /audit', 'admin'],
  ['GET /comparisons', 'read', { query: 'before=FOREIGN&after=FOREIGN' }],
  ['GET /comparisons/tests', 'read', { query: 'before=FOREIGN&after=FOREIGN&standing=regressed' }],
  ['POST /datasets', 'scan'],
  ['GET /datasets', 'read'],
  ['GET /datasets/:name', 'read', { refused: 400 }],
  ['DELETE /datasets/:name', 'scan'],
  ['GET /findings', 'read'],
  ['PUT /findings/:fingerprint/decision', 'scan', { body: { kind: 'accepted', reason: 'known' } }],
  ['DELETE /findings/:fingerprint/decision', 'scan'],
  ['GET /scans/:scan_id/findings', 'read'],
  ['GET /scans/:scan_id/frameworks', 'read'],
  ['GET /detectors', 'read'],
  ['GET /policies', 'read'],
  ['GET /policies/:id', 'read'],
  ['PUT /policies/:id', 'guard', { refused: 400 }],
  ['POST /guard/check', 'guard'],
  ['POST /guard/dry-run', 'guard'],
  ['GET /guard/decisions', 'read'],
  ['GET /guard/detectors', 'admin'],
  ['GET /guard/sessions', 'read'],
  ['GET /guard/traffic', 'read'],
  ['GET /hardenings', 'read'],
  ['POST /hardenings/:policy_id/roll-back', 'admin', { body: { reason: 'no longer needed' } }],
  ['GET /home', 'read'],
  ['GET /judges', 'read'],
  ['GET /keys', 'admin'],
  ['POST /keys', 'admin'],
  ['DELETE /keys/:key_id', 'admin'],
  ['GET /scans/:scan_id/marks', 'read'],
  ['PUT /scans/:scan_id/marks/:plan_key', 'scan', { body: { outcome: 'breached', reason: 'seen' } }],
  ['DELETE /scans/:scan_id/marks/:plan_key', 'scan'],
  ['GET /projects', 'read'],
  ['POST /projects', 'installation'],
  ['GET /projects/:project_id', 'read'],
  ['PATCH /projects/:project_id', 'admin', { body: { retention_days: 1 } }],
  ['DELETE /projects/:project_id/data', 'admin'],
  ['GET /projects/:project_id/members', 'admin'],
  ['PUT /projects/:project_id/members/:user_id', 'installation'],
  ['DELETE /projects/:project_id/members/:user_id', 'installation'],
  ['GET /projects/:project_id/webhook', 'admin'],
  ['PUT /projects/:project_id/webhook', 'admin', { body: { url: 'http://127.0.0.1:9/' } }],
  ['DELETE /projects/:project_id/webhook', 'admin'],
  ['GET /scans', 'read'],
  ['GET /scans/:scan_id', 'read'],
  ['GET /scans/:scan_id/summary', 'read'],
  ['GET /scans/:scan_id/breakdown', 'read', { query: 'by=attack' }],
  ['GET /scans/:scan_id/events', 'read'],
  ['GET /scans/:scan_id/exports/:format', 'read'],
  ['GET /scans/:scan_id/heatmap', 'read'],
  ['GET /scans/:scan_id/tests', 'read'],
  ['GET /scans/:scan_id/tests/:test', 'read'],
  ['GET /scans/:scan_id/tests/:test/tries/:try_no', 'read'],
  ['POST /scans', 'scan'],
  ['POST /scans/demo', 'scan'],
  ['POST /scans/estimate', 'read'],
  ['POST /scans/:scan_id/pause', 'scan'],
  ['POST /scans/:scan_id/resume', 'scan'],
  ['POST /scans/:scan_id/stop', 'scan'],
  ['POST /scans/:scan_id/harden', 'admin'],
  ['POST /scans/:scan_id/rejudge', 'scan'],
  ['PATCH /scans/:scan_id', 'scan', { body: { name: 'another name' } }],
  ['DELETE /scans/:scan_id', 'scan'],
  ['GET /session', 'any'],
  ['GET /session/methods', 'nothing'],
  ['GET /session/oidc', 'nothing'],
  ['GET /session/oidc/callback', 'nothing'],
  ['POST /session/link', 'nothing'],
  ['POST /session/password', 'nothing'],
  ['PUT /session/password', 'session'],
  ['DELETE /session', 'session'],
  ['POST /targets/test', 'scan'],
  ['GET /models', 'read'],
  ['GET /server', 'read'],
  ['GET /usage', 'read'],
  ['GET /users', 'installation'],
  ['POST /users', 'installation'],
  ['POST /users/:user_id/reset', 'installation'],
  ['PATCH /users/:user_id', 'installation'],
];

const faces: readonly Expectation[] = [
  { route: 'GET /healthz', needs: 'nothing' },
  { route: 'GET /readyz', needs: 'nothing' },
  { route: 'GET /openapi.json', needs: 'nothing' },
  { route: 'GET /docs', needs: 'nothing' },
  { route: 'GET /virtuered-scan-template.toml', needs: 'nothing' },
  { route: 'GET /', needs: 'nothing' },
  { route: 'GET /dashboard', needs: 'nothing' },
  { route: 'GET /sign-in', needs: 'nothing' },
  { route: 'GET /favicon.ico', needs: 'nothing' },
  { route: 'GET /dashboard/*', needs: 'nothing' },
  { route: 'GET /metrics', needs: 'own rule' },
  { route: 'GET /judge', needs: 'nothing' },
  { route: 'POST /judge', needs: 'own rule' },
  { route: 'POST /v1/scan/start', needs: 'scan' },
  { route: 'POST /v1/sandbox/scan/start', needs: 'scan' },
  { route: 'POST /v1/scan/progress', needs: 'scan', body: scanId },
  { route: 'POST /v1/scan/summary', needs: 'scan', body: scanId },
  { route: 'POST /v1/scan/download', needs: 'scan', body: scanId },
  { route: 'POST /v1/scan/pause', needs: 'scan', body: scanId },
  { route: 'POST /v1/scan/retry', needs: 'scan', body: scanId },
  { route: 'POST /v1/scan/usage', needs: 'scan' },
  { route: 'POST /v1/eval', needs: 'guard' },
  { route: 'POST /v1/guard', needs: 'guard' },
  { route: 'POST /v1/policies', needs: 'guard' },
  { route: 'POST /v1/detokenize', needs: 'detokenize' },
  { route: 'GET /v1/policies', needs: 'guard' },
  { route: 'GET /v1/policies/detectors', needs: 'guard' },
  { route: 'POST /gateway/v1/chat/completions', needs: 'guard' },
  { route: 'GET /gateway/v1/models', needs: 'guard' },
  { route: 'POST /gateway/v1/embeddings', needs: 'guard' },
];

const evalguard: readonly Expectation[] = [
  { route: 'POST /security', needs: 'scan' },
  { route: 'GET /security', needs: 'read' },
  { route: 'GET /security/:id', needs: 'read', id: 'scan_id' },
  { route: 'DELETE /security/:id', needs: 'scan', id: 'scan_id' },
  { route: 'GET /security/:id/compliance', needs: 'read', id: 'scan_id', query: 'framework=owasp-llm-top-10' },
  { route: 'GET /exports', needs: 'read', query: 'format=burp&runId=FOREIGN' },
  { route: 'POST /guardrails', needs: 'guard' },
  { route: 'POST /firewall/check', needs: 'guard' },
  { route: 'GET /project/current', needs: 'any' },
  { route: 'GET /client/policy', needs: 'any' },
  { route: 'GET /plugins', needs: 'any' },
  { route: 'GET /scorers', needs: 'any' },
];

/** Its paths are also served without `/api` and with a slash behind them. */
const spellings = (row: Expectation): Expectation[] =>
  ['/api/v1', '/v1'].flatMap((prefix) =>
    ['', '/'].map((slash) => ({ ...row, route: `${row.route.replace(' ', ` ${prefix}`)}${slash}` })),
  );

export const expectations: readonly Expectation[] = [
  ...evalguard.flatMap(spellings),
  ...faces,
  ...own.map(([route, needs, more = {}]) => ({ route: route.replace(' ', ` ${api}`), needs, ...more })),
];

// `npm run test:fuzz [SECONDS]`: schemathesis asks every route of the OpenAPI document, well and badly, on a server with a
// finished scan; no answer may be a 5xx or outside its schema. Prints counts; ends with 1 where something was found.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiOf } from '../fakes/api-client.ts';
import { startServer } from '../fakes/server.ts';
import { waitFor } from '../fakes/wait-for.ts';
import { countsIn, printCounts } from './counts.ts';
import { runProgram } from './program.ts';

const PACKAGE = 'schemathesis==4.32.5';
const DEFAULT_SECONDS = 120;
const CHECKS = 'not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance';

/** Whoever takes away the one scan or the key that all is asked with leaves the other operations nothing to answer. */
const kept = ['deleteScan', 'deleteKey', 'deleteProjectData', 'updateUser', 'resetUser'];

const cache = join(import.meta.dirname, '..', '..', '.cache', 'fuzz');

/** The program in an environment of its own; null, with the reason printed, where there can be none. */
function schemathesis(): string | null {
  const program = join(cache, 'bin', 'schemathesis');
  const mark = join(cache, 'package');
  if (existsSync(program) && existsSync(mark) && readFileSync(mark, 'utf8') === PACKAGE) return program;
  mkdirSync(cache, { recursive: true });
  for (const [name, args] of [
    ['python3', ['-m', 'venv', cache]],
    [join(cache, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', PACKAGE]],
  ] as const) {
    const { status, stderr, error } = spawnSync(name, args, { encoding: 'utf8' });
    if (status === 0) continue;
    console.log(`Not run: ${name} ${args.join(' ')} failed. ${error?.message ?? stderr.trim().split('\n').at(-1)}`);
    return null;
  }
  writeFileSync(mark, PACKAGE);
  return program;
}

/** Leaves a finished scan in the data folder, so that routes have something to answer with. */
async function fill(data: string): Promise<{ scanId: string; planKey: string }> {
  const server = await startServer({ data });
  try {
    const api = apiOf(server.url, server.key);
    const { body } = await api.post('/scans', {
      target: { kind: 'simulated', profile: 'naive' },
      datasets: ['Privacy', 'OWASP LLM Top 10'],
      attacks: ['direct', 'encoding:codec=base64'],
      limit: 20,
    });
    const scanId = body.scan_id as string;
    await waitFor(
      'a finished scan',
      async () => (await api.get(`/scans/${scanId}`)).body.status === 'Finished',
      60_000,
    );
    const { tests } = (await api.get(`/scans/${scanId}/tests?limit=1`)).body as { tests: { plan_key: string }[] };
    return { scanId, planKey: tests[0]?.plan_key ?? '' };
  } finally {
    await server.close();
  }
}

/** Requests go to what is there. */
const configOf = ({ scanId, planKey }: { scanId: string; planKey: string }): string => `
[parameters]
"path.scan_id" = "${scanId}"
"path.test" = "${planKey}"
"path.plan_key" = "${planKey}"
`;

async function main(): Promise<number> {
  const program = schemathesis();
  if (program === null) return 2;
  const seconds = Number(process.argv[2] ?? DEFAULT_SECONDS);
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-fuzz-'));
  const data = join(folder, 'data');
  mkdirSync(data);
  try {
    const config = join(folder, 'schemathesis.toml');
    writeFileSync(config, configOf(await fill(data)));
    // Scans that are started stay where they are: their work would take the time from the requests.
    const server = await startServer({ data, worker: false });
    const report = join(folder, 'report.ndjson');
    const args = [
      ...['--config-file', config, 'run', `${server.url}/openapi.json`],
      ...['--header', `Authorization: Bearer ${server.key}`, '--header', `X-API-Key: ${server.key}`],
      ...['--checks', CHECKS, '--phases', 'fuzzing', '--max-time', String(seconds), '--max-examples', '25'],
      ...['--workers', '4', '--continue-on-failure', '--request-timeout', '20', '--no-color', '--warnings', 'off'],
      ...kept.flatMap((operation) => ['--exclude-operation-id', operation]),
      ...['--generation-database', 'none'],
      ...['--report', 'ndjson', '--report-ndjson-path', report],
    ];
    const { code, output } = await runProgram(program, args, folder);
    const logged = server.logged();
    await server.close();
    const counts = countsIn(readFileSync(report, 'utf8'));
    printCounts(counts);
    const isBroken = Object.keys(counts.failures).length > 0;
    if (isBroken) console.log(`${output.slice(-8_000)}\n${logged.slice(-4_000)}`);
    return isBroken || (code !== 0 && counts.requests === 0) ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

process.exitCode = await main();

// `/judge`: takes one result file and answers with the table; until the dashboard does. The key comes with the form, as
// nobody is signed in yet, and nothing of the file is kept.

import multipart, { type MultipartFile } from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Caller, requireScope } from '../access/keys.ts';
import { statusOfKind } from '../api/problem.ts';
import { UPLOAD_LIMIT, UPLOAD_LIMIT_BYTES, withUploaded } from '../api/upload.ts';
import { RedoubtError, retryHeaders, unknownValue } from '../core/errors.ts';
import { createSlices } from '../core/slices.ts';
import type { ComparisonData } from '../reports/comparison-data.ts';
import { sha256OfFile } from '../scan/file-hash.ts';
import { comparisonData, judgedLine, keepExamples } from '../scan/imports/comparison-report.ts';
import type { ImportOptions } from '../scan/imports/import.ts';
import { importers } from '../scan/imports/index.ts';
import { type Judge, judgeFile } from '../scan/imports/judge-file.ts';
import type { SoftwareVersion } from '../scan/manifest.ts';
import { judgePage, pagePolicy, type ShownAs, shownAs } from './judge-page-view.ts';

export interface JudgePageServices {
  readonly software: SoftwareVersion;
  readonly judging: Judge;
  readonly callerOf: (key: string) => Promise<Caller>;
}

interface Judged {
  readonly data: ComparisonData;
  readonly lines: string[];
}

async function judged(
  { software, judging }: JudgePageServices,
  path: string,
  name: string,
  options: ImportOptions,
  keepsLines: boolean,
): Promise<Judged> {
  const { file, rows } = await judgeFile(path, judging, options);
  const examples = keepExamples();
  const lines: string[] = [];
  const slices = createSlices();
  for await (const row of rows) {
    examples.keep(row);
    if (keepsLines) lines.push(JSON.stringify(judgedLine(row)));
    if (slices.isOver()) await slices.next();
  }
  const source = { name, sha256: await sha256OfFile(path) };
  return { data: comparisonData(file, source, software, examples.kept()), lines };
}

interface Asked {
  readonly fields: Readonly<Record<string, string>>;
  readonly file: MultipartFile;
}

/** The fields that come before the file, and the file. The key is looked at before a byte of the file is read. */
async function readForm(request: FastifyRequest): Promise<Asked> {
  const fields: Record<string, string> = {};
  for await (const part of request.parts()) {
    if (part.type === 'file') return { fields, file: part };
    fields[part.fieldname] = String(part.value);
  }
  throw new RedoubtError('INVALID_BODY', {
    reason: 'it holds no file. Send one in the field "file", after all others.',
  });
}

function showOf({ show = 'page' }: Asked['fields']): ShownAs {
  const found = shownAs.find(({ id }) => id === show);
  if (found === undefined)
    throw unknownValue(
      'show',
      show,
      shownAs.map(({ id }) => id),
    );
  return found.id;
}

function optionsOf({ high_means: high = '' }: Asked['fields']): ImportOptions {
  if (high !== '' && high !== 'breached' && high !== 'held')
    throw unknownValue('high_means', high, ['breached', 'held']);
  return { highMeans: high === '' ? null : high };
}

const formats = importers.map(({ title }) => title);

function ownError(error: unknown): RedoubtError | null {
  if (error instanceof RedoubtError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'FST_REQ_FILE_TOO_LARGE') return new RedoubtError('BODY_TOO_LARGE', { value: UPLOAD_LIMIT });
  if (/^FST_(INVALID_MULTIPART|CTP_INVALID|PARTS|FILES|FIELDS|PROTO)/.test(code))
    return new RedoubtError('INVALID_BODY', { reason: 'send one file as multipart/form-data.' });
  return null;
}

/** Answers with the page, the paper or the lines. */
async function answer(services: JudgePageServices, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const { fields, file } = await readForm(request);
  if (!fields.key) throw new RedoubtError('MISSING_KEY', { field: 'key of the form, before the file' });
  requireScope(await services.callerOf(fields.key), 'scan');
  const show = showOf(fields);
  const options = optionsOf(fields);
  const { data, lines } = await withUploaded(file.file, (path) =>
    judged(services, path, file.filename, options, show === 'lines'),
  );
  if (show === 'lines') return reply.type('application/jsonl').send(`${lines.join('\n')}\n`);
  if (show === 'page') return reply.type('text/html; charset=utf-8').send(pageOf(services, { data }));
  const { comparisonPdf } = await import('../reports/comparison-pdf.ts');
  return reply
    .type('application/pdf')
    .header('content-disposition', 'attachment; filename="comparison.pdf"')
    .send(await comparisonPdf(data));
}

const pageOf = (
  { software }: JudgePageServices,
  parts: { readonly problem?: string; readonly data?: ComparisonData },
): string => judgePage({ software: `Redoubt ${software.version}`, formats, limit: UPLOAD_LIMIT, ...parts });

/** Adds the page to a scope of its own. */
export async function addJudgePage(app: FastifyInstance, services: JudgePageServices): Promise<void> {
  await app.register(multipart, {
    limits: { files: 1, fields: 4, fieldSize: 1_000, fileSize: UPLOAD_LIMIT_BYTES + 1 },
  });
  app.addHook('onSend', async (_request, reply) => {
    void reply.headers({
      'content-security-policy': pagePolicy,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
  });
  app.setErrorHandler((error, request, reply) => {
    const known = ownError(error);
    if (known === null) request.log.error(error);
    const shown = known ?? new RedoubtError('INTERNAL');
    // What is left of the body is not read, so that the connection cannot be used again.
    void reply
      .status(statusOfKind[shown.kind])
      .headers(retryHeaders(shown))
      .header('connection', 'close')
      .type('text/html; charset=utf-8')
      .send(pageOf(services, { problem: shown.message }));
  });
  app.get('/judge', async (_request, reply) => reply.type('text/html; charset=utf-8').send(pageOf(services, {})));
  app.post('/judge', async (request, reply) => answer(services, request, reply));
}

// Datasets: what ships and a project's own; upload as JSONL or CSV, look at, delete.
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { note } from '../access/audit.ts';
import { RedoubtError } from '../core/errors.ts';
import { type CaseFile, readCases } from '../scan/datasets/case-file.ts';
import { testCaseOfBody } from '../scan/datasets/case-line.ts';
import { columnMapOf } from '../scan/datasets/csv-reader.ts';
import { type LineRemark, reportOnFile } from '../scan/datasets/file-report.ts';
import { datasetOf, entryOfRow, listDatasets, resolveDataset, slugOf } from '../scan/datasets/index.ts';
import { requireOwnName, storeCaseFile } from '../scan/datasets/own-file.ts';
import { casesAfter, retireDataset } from '../store/datasets.ts';
import { positionQuery } from './cursor.ts';
import { lineRemarkSchema, problemOf, problemSchema } from './problem.ts';
import { type ApiScope, type ApiServices, callerOfRequest, type Resource } from './resource.ts';
import { withUploaded } from './upload.ts';

const MOST_LINES = 100;
const MOST_CASES = 1_000;

const formats: Readonly<Record<string, CaseFile['format']>> = {
  'application/jsonl': 'jsonl',
  'application/x-ndjson': 'jsonl',
  'application/x-jsonlines': 'jsonl',
  'text/csv': 'csv',
};

const entrySchema = z
  .object({
    name: z.string(),
    slug: z.string(),
    version: z.string(),
    cases: z.number(),
    origin: z.enum(['shipped', 'own']),
    by_default: z.boolean().describe('Whether a scan that names no dataset asks it'),
  })
  .meta({ id: 'Dataset' });

const caseSchema = z
  .object({
    position: z.number().int(),
    id: z.string(),
    subcategory: z.string(),
    leaf: z.string().nullable(),
    lang: z.string(),
    expect: z.string(),
    severity: z.string(),
    request: z.string().describe('What the target is asked, in plain words'),
    oracle: z.string().nullable().describe('Kind of the oracle that decides the case without a model'),
    rubric: z.string().nullable(),
    references: z.array(z.string()),
  })
  .meta({ id: 'Case' });

const reportSchema = z.object({
  dataset: entrySchema.nullable().describe('null where the file was only checked'),
  good: z.number(),
  bad: z.number(),
  lines: z.array(lineRemarkSchema).describe('Remarks on single lines, at most 100'),
  remarks: z
    .array(z.string())
    .describe('Remarks on the file: cases that need a judge model, categories out of balance'),
});

export type DatasetEntry = z.infer<typeof entrySchema>;
export type CaseEntry = z.infer<typeof caseSchema>;
export type FileReport = z.infer<typeof reportSchema>;

const uploadQuery = z.object({
  name: z.string().trim().min(1).max(200),
  column: z
    .union([z.string().transform((one) => [one]), z.array(z.string())])
    .default([])
    .describe('CSV: KEY=COLUMN, where the column of a key has another name; may be repeated'),
  check_only: z.stringbool().default(false).describe('Report on the file without storing it'),
});

const pageQuery = z.object({
  after: positionQuery('Position of the last case seen'),
  limit: z.coerce.number().int().min(1).max(MOST_CASES).default(MOST_LINES),
});

const nameParams = z.object({ name: z.string().min(1) });

interface Checked {
  readonly good: number;
  readonly bad: number;
  readonly faults: LineRemark[];
  readonly notes: LineRemark[];
  readonly remarks: readonly string[];
}

async function check(file: CaseFile): Promise<Checked> {
  const report = reportOnFile();
  const faults: LineRemark[] = [];
  const notes: LineRemark[] = [];
  for await (const entry of readCases(file))
    for (const remark of report.take(entry)) {
      const list = remark.isFault ? faults : notes;
      if (list.length < MOST_LINES) list.push(remark);
    }
  return { ...report.counts(), faults, notes, remarks: report.conclude() };
}

const lineOf = ({ number, text }: LineRemark): z.infer<typeof lineRemarkSchema> => ({ line: number, text });

function problemOfFile({ good, bad, faults }: Checked): z.infer<typeof problemSchema> {
  const reason = bad + good === 0 ? 'it holds no case.' : `${bad} of ${bad + good} lines are bad.`;
  const { error } = problemOf(new RedoubtError('FILE_INVALID', { field: 'body', reason }));
  return { error: { ...error, lines: faults.map(lineOf) } };
}

function addUpload(app: ApiScope, { store, clock }: ApiServices): void {
  app.addContentTypeParser(Object.keys(formats), (_request, payload, done) => done(null, payload));
  const schema = {
    summary: 'Add a dataset: cases as JSON lines or CSV in the body',
    operationId: 'addDataset',
    querystring: uploadQuery,
    response: { 200: reportSchema, 201: reportSchema, 400: problemSchema },
  };
  const config = { scope: 'scan', uploads: Object.keys(formats) } as const;
  app.post('/datasets', { config, schema }, async (request, reply) => {
    const { name, column, check_only } = request.query;
    requireOwnName(name, 'name');
    const columns = columnMapOf(column, 'column');
    const format = formats[request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? ''];
    if (format === undefined) throw new RedoubtError('INVALID_BODY', { reason: 'it is empty. Send the cases in it.' });
    return withUploaded(request.body as Readable, async (path) => {
      const file: CaseFile = { path, format, columns, shownAs: 'body' };
      const checked = await check(file);
      const { good, bad, notes, remarks } = checked;
      if (bad > 0 || good === 0) return reply.status(400).send(problemOfFile(checked));
      const report = { good, bad, lines: notes.map(lineOf), remarks: [...remarks] };
      if (check_only) return reply.status(200).send({ ...report, dataset: null });
      const id = await storeCaseFile(store, callerOfRequest(request).projectId, file, name, clock.now());
      await note({ store, clock }, callerOfRequest(request), 'dataset.add', name);
      return reply.status(201).send({ ...report, dataset: entryOfRow(await datasetOf(store, id)) });
    });
  });
}

function register(app: ApiScope, services: ApiServices): void {
  const { store, clock } = services;
  addUpload(app, services);
  app.get(
    '/datasets',
    {
      config: { scope: 'read' },
      schema: { summary: 'All datasets', response: { 200: z.object({ datasets: z.array(entrySchema) }) } },
    },
    async (request) => ({ datasets: await listDatasets(store, callerOfRequest(request).projectId) }),
  );
  app.get(
    '/datasets/:name',
    {
      config: { scope: 'read' },
      schema: {
        summary: 'A dataset with a page of its cases',
        params: nameParams,
        querystring: pageQuery,
        response: {
          200: z.object({
            dataset: entrySchema,
            cases: z.array(caseSchema),
            next: z.number().nullable().describe('`after` of the next page; null on the last'),
          }),
          400: problemSchema,
          404: problemSchema,
        },
      },
    },
    async (request) => {
      const { projectId } = callerOfRequest(request);
      const row = await resolveDataset(store, projectId, request.params.name, 'name', clock.now());
      const { after, limit } = request.query;
      const rows = await casesAfter(store, row.id, after, limit);
      const last = rows.at(-1)?.position;
      return {
        dataset: entryOfRow(row),
        cases: rows.map(({ position, body, case_id }) => {
          const { id, subcategory, leaf, lang, expect, severity, goal, oracle, rubric, references } = testCaseOfBody(
            body,
            case_id,
          );
          const shown = { id, subcategory, leaf, lang, expect, severity, rubric, references: [...references] };
          return { position, ...shown, request: goal, oracle: oracle?.type ?? null };
        }),
        next: last !== undefined && last + 1 < row.cases ? last : null,
      };
    },
  );
  app.delete(
    '/datasets/:name',
    {
      config: { scope: 'scan' },
      schema: {
        summary: 'Delete a dataset of your own; scans that used it keep their version',
        params: nameParams,
        response: { 204: z.null(), 404: problemSchema },
      },
    },
    async (request, reply) => {
      const { name } = request.params;
      if (!(await retireDataset(store, callerOfRequest(request).projectId, slugOf(name))))
        throw new RedoubtError('NOT_FOUND', { field: 'Dataset of yours', value: name });
      await note({ store, clock }, callerOfRequest(request), 'dataset.delete', name);
      return reply.status(204).send(null);
    },
  );
}

export const datasets: Resource = { register };

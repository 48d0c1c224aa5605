// Names of operations that say none themselves: by method and path, so that they make good names of methods. Pure.
import { capital } from '../reports/wording.ts';

const verbs: Readonly<Record<string, string>> = {
  GET: 'get',
  POST: 'create',
  PUT: 'put',
  PATCH: 'update',
  DELETE: 'delete',
};

const isParameter = (segment: string): boolean => /^[:{]/.test(segment);

const camel = (segment: string): string => segment.split(/[-_.]/).map(capital).join('');

const singular = (word: string): string =>
  word.endsWith('ies') ? `${word.slice(0, -3)}y` : word.replace(/(?<![su])s$/, '');

/**
 * E.g. GET /datasets is listDatasets, GET /datasets/:name getDataset, DELETE /scans/:id/marks/:key deleteScanMark. What
 * stands after a parameter and is the last is a verb where it is sent by POST: POST /keys/:id/rotate is rotateKey.
 */
export function operationIdOf(method: string, path: string): string {
  const segments = path.split('/').filter((segment) => segment !== '');
  const names = segments.filter((segment) => !isParameter(segment));
  const last = segments.at(-1) ?? '';
  const endsInParameter = isParameter(last);
  const owners = names.slice(0, -1).map(singular).map(camel).join('');
  const own = names.at(-1) ?? '';
  if (method === 'POST' && names.length > 1 && !endsInParameter && isParameter(segments.at(-2) ?? ''))
    return own.endsWith('s')
      ? `create${owners}${camel(singular(own))}`
      : `${own.replace(/[-_](\w)/g, (_, letter: string) => letter.toUpperCase())}${owners}`;
  const verb =
    method === 'GET' && !endsInParameter && own.endsWith('s') ? 'list' : (verbs[method] ?? method.toLowerCase());
  const name = verb === 'list' ? camel(own) : camel(singular(own));
  return `${verb}${owners}${name}`;
}

const catalogue = new Set(['datasets', 'attacks', 'suites', 'judges', 'detectors', 'frameworks']);

/** The group that a path of our own API stands in. */
export function tagOf(path: string): string {
  const first = path.split('/').find((segment) => segment !== '') ?? 'server';
  if (catalogue.has(first)) return 'catalogue';
  return first;
}

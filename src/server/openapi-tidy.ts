// Makes the document easy to read and to make types from: shapes that nobody refers to go, shapes that only come in lose
// their second name, answers are described by their status. Pure.
import { STATUS_CODES } from 'node:http';
import { isRecord } from '../core/records.ts';

const PLACE = '#/components/schemas/';
const INCOMING = /Input$/;

function* refsIn(value: unknown): Generator<string> {
  if (Array.isArray(value)) for (const each of value) yield* refsIn(each);
  else if (isRecord(value))
    for (const [key, each] of Object.entries(value)) {
      if (key === '$ref' && typeof each === 'string' && each.startsWith(PLACE)) yield each.slice(PLACE.length);
      else yield* refsIn(each);
    }
}

/** Names of the shapes that are reached from the routes. */
function reached(paths: unknown, schemas: Readonly<Record<string, unknown>>): Set<string> {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    for (const name of refsIn(value)) {
      if (found.has(name)) continue;
      found.add(name);
      visit(schemas[name]);
    }
  };
  visit(paths);
  return found;
}

function renamed(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((each) => renamed(each, names));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      if (key !== '$ref' || typeof each !== 'string') return [key, renamed(each, names)];
      const name = each.slice(PLACE.length);
      return [key, PLACE + (names.get(name) ?? name)];
    }),
  );
}

const describedBy = (status: string): string => STATUS_CODES[status] ?? 'Any other error';

function withDescriptions(paths: Record<string, unknown>): void {
  for (const operations of Object.values(paths))
    for (const operation of Object.values(operations as Record<string, unknown>)) {
      if (!isRecord(operation) || !isRecord(operation.responses)) continue;
      for (const [status, answer] of Object.entries(operation.responses))
        if (isRecord(answer) && answer.description === 'Default Response')
          Object.assign(answer, { description: describedBy(status) });
    }
}

interface Parts {
  readonly paths?: unknown;
  readonly components?: { readonly schemas?: unknown };
}

export function tidied<Document extends Parts>(document: Document): Document {
  const schemas = (document.components?.schemas ?? {}) as Record<string, unknown>;
  const kept = reached(document.paths, schemas);
  const names = new Map(
    [...kept].flatMap((name) => {
      const plain = name.replace(INCOMING, '');
      return plain !== name && !kept.has(plain) ? [[name, plain] as const] : [];
    }),
  );
  const shapes = [...kept].sort().map((name) => [names.get(name) ?? name, renamed(schemas[name], names)]);
  const paths = renamed(document.paths, names) as Record<string, unknown>;
  withDescriptions(paths);
  return { ...document, paths, components: { ...document.components, schemas: Object.fromEntries(shapes) } };
}

// Records as Go structs. What may be null or left out is a pointer, unless it is a list or a table.
import { type Field, pascal, type RecordShape, type Shape } from './shapes.ts';

const initials: ReadonlySet<string> = new Set(['id', 'url', 'api', 'qpm', 'http', 'ms', 'llm', 'json']);

const exported = (key: string): string =>
  key
    .split(/[^A-Za-z0-9]+/)
    .map((part) => (initials.has(part) ? part.toUpperCase() : pascal(part)))
    .join('');

type Records = ReadonlyMap<string, RecordShape>;

const withoutNull = (shape: Shape): { readonly shape: Shape; readonly isNullable: boolean } => {
  if (shape.kind !== 'union') return { shape, isNullable: false };
  const others = shape.of.filter(({ kind }) => kind !== 'null');
  const isNullable = others.length < shape.of.length;
  return { shape: others.length === 1 ? others[0]! : { kind: 'union', of: others }, isNullable };
};

/** The words that all names end in: EndpointTarget and HttpTarget are Targets. */
function commonEnd(names: readonly string[]): string {
  const words = names.map((name) => name.split(/(?=[A-Z])/).reverse());
  const shared = words[0]!.filter((word, at) => words.every((other) => other.slice(0, at + 1).includes(word)));
  return shared.reverse().join('');
}

/** Go knows no union: records that stand for one another become one with the fields of all; anything else is `any`. */
function unionName(of: readonly Shape[]): string | null {
  const names = of.flatMap((shape) => (shape.kind === 'named' ? [shape.name] : []));
  if (names.length < of.length) return null;
  return commonEnd(names) || names.join('Or');
}

function typeOf(shape: Shape): string {
  switch (shape.kind) {
    case 'text':
    case 'words':
      return 'string';
    case 'number':
      return 'float64';
    case 'integer':
      return 'int';
    case 'boolean':
      return 'bool';
    case 'null':
    case 'anything':
      return 'any';
    case 'list':
      return `[]${pointed(shape.of)}`;
    case 'tuple':
      return new Set(shape.of.map(typeOf)).size === 1 ? `[]${pointed(shape.of[0]!)}` : '[]any';
    case 'table':
      return `map[string]${pointed(shape.of)}`;
    case 'named':
      return shape.name;
    case 'union':
      return unionName(shape.of) ?? 'any';
  }
}

const isPointed = (type: string): boolean => !/^(any$|\[\]|map\[)/.test(type);

function pointed(given: Shape, mayBeAbsent = false): string {
  const { shape, isNullable } = withoutNull(given);
  const type = typeOf(shape);
  return (isNullable || mayBeAbsent) && isPointed(type) ? `*${type}` : type;
}

const wordsIn = (given: Shape): string | null => {
  const { shape } = withoutNull(given);
  const inner = shape.kind === 'list' ? shape.of : shape;
  return inner.kind === 'words' ? inner.values.join(', ') : null;
};

function field({ key, shape, required, description }: Field): string[] {
  const words = wordsIn(shape);
  const remarks = [description?.replace(/\s+/g, ' '), words === null ? undefined : `One of: ${words}.`];
  return [
    ...remarks.flatMap((remark) => (remark === undefined ? [] : [`\t// ${remark}`])),
    `\t${exported(key)} ${pointed(shape, !required)} \`json:"${key}${required ? '' : ',omitempty'}"\``,
  ];
}

const record = ({ name, description, fields }: RecordShape): string =>
  [
    `// ${name}: ${description?.replace(/\s+/g, ' ') ?? 'as our own API has it.'}`,
    `type ${name} struct {`,
    // A blank line between fields, so that nothing is to be aligned: gofmt has nothing to add.
    fields.map((one) => field(one).join('\n')).join('\n\n'),
    '}',
  ].join('\n');

/** A record with the fields of all; only what each of them needs is needed. */
function merged(name: string, parts: readonly RecordShape[]): RecordShape {
  const fields = new Map<string, Field>();
  for (const part of parts)
    for (const one of part.fields) {
      const isInAll = parts.every((other) => other.fields.some(({ key, required }) => key === one.key && required));
      const before = fields.get(one.key);
      const words = [before?.shape, one.shape].flatMap((shape) => (shape?.kind === 'words' ? shape.values : []));
      const shape: Shape = words.length > 0 ? { kind: 'words', values: [...new Set(words)] } : one.shape;
      fields.set(one.key, { ...one, shape, required: isInAll });
    }
  const title = `one of ${parts.map((part) => part.name).join(', ')}.`;
  return { name, description: title, fields: [...fields.values()] };
}

function unionsIn(shape: Shape): Shape[][] {
  switch (shape.kind) {
    case 'list':
    case 'table':
      return unionsIn(shape.of);
    case 'union': {
      const { shape: inner } = withoutNull(shape);
      return inner.kind === 'union' ? [[...inner.of], ...inner.of.flatMap(unionsIn)] : unionsIn(inner);
    }
    default:
      return [];
  }
}

function withUnions(records: readonly RecordShape[]): RecordShape[] {
  const byName: Records = new Map(records.map((one) => [one.name, one]));
  const unions = new Map<string, RecordShape>();
  for (const { fields } of records)
    for (const union of fields.flatMap(({ shape }) => unionsIn(shape))) {
      const name = unionName(union);
      const parts = union.flatMap((shape) => (shape.kind === 'named' ? [byName.get(shape.name)!] : []));
      if (name !== null && parts.length > 1) unions.set(name, merged(name, parts));
    }
  return [...records, ...unions.values()];
}

export const goOf = (records: readonly RecordShape[], remark: string): string =>
  `// Code generated by npm run sdk-types. DO NOT EDIT.\n// ${remark}\n\npackage redoubt\n\n${withUnions(records).map(record).join('\n\n')}\n`;

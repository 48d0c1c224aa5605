// What the SDKs' types are made of: the records of our own API, read from its OpenAPI document and given names.

export type Shape =
  | { readonly kind: 'text' | 'number' | 'integer' | 'boolean' | 'anything' | 'null' }
  | { readonly kind: 'words'; readonly values: readonly string[] }
  | { readonly kind: 'list'; readonly of: Shape }
  | { readonly kind: 'tuple'; readonly of: readonly Shape[] }
  | { readonly kind: 'table'; readonly of: Shape }
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'union'; readonly of: readonly Shape[] };

export interface Field {
  readonly key: string;
  readonly shape: Shape;
  readonly required: boolean;
  readonly description: string | null;
}

export interface RecordShape {
  readonly name: string;
  readonly description: string | null;
  readonly fields: readonly Field[];
}

export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema | boolean;
  readonly prefixItems?: readonly Schema[];
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly parameters?: readonly {
    name: string;
    in: string;
    required?: boolean;
    description?: string;
    schema: Schema;
  }[];
  readonly requestBody?: Content;
  readonly responses?: Readonly<Record<string, Content>>;
}

export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

const PREFIX = '/api/redoubt/v1/';

export const pascal = (text: string): string =>
  text
    .split(/[^A-Za-z0-9]+/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');

/** `scans` of a list of scans: one of them is a Scan. */
const singular = (name: string): string =>
  name
    .replace(/(?<=ch)es$/, '')
    .replace(/ies$/, 'y')
    .replace(/(?<=[^sui])s$/, '');

/** A schema without what is said about it; a property may have these names, too. */
const plain = (schema: Schema): string =>
  JSON.stringify(schema, (key, value: unknown) => {
    const isProperty = typeof value === 'object' && value !== null && ('type' in value || 'anyOf' in value);
    return (key === 'description' || key === 'default') && !isProperty ? undefined : value;
  });

/** Gives each record a name, the same to the same shape, and keeps them in the order in which they occur. */
class Records {
  readonly #document: OpenApi;
  readonly #better: ReadonlyMap<string, string>;
  readonly #names = new Map<string, string>();
  readonly #records = new Map<string, RecordShape | null>();

  /** Each name that a record might have had, with its shape. */
  readonly wanted = new Map<string, string>();

  /** `better`: the name for a shape, in place of the one made from where it occurs first. */
  constructor(document: OpenApi, better: ReadonlyMap<string, string>) {
    this.#document = document;
    this.#better = better;
  }

  all(): RecordShape[] {
    return [...this.#records.values()].filter((record) => record !== null);
  }

  #resolved(schema: Schema): { readonly schema: Schema; readonly name: string | null } {
    if (schema.$ref === undefined) return { schema, name: null };
    const name = schema.$ref.split('/').at(-1)!;
    const found = this.#document.components?.schemas?.[name];
    if (found === undefined) throw new Error(`the document has no ${schema.$ref}`);
    return { schema: found, name: pascal(name) };
  }

  #freeName(wanted: string): string {
    if (!this.#records.has(wanted)) return wanted;
    for (let number = 2; ; number++) if (!this.#records.has(`${wanted}${number}`)) return `${wanted}${number}`;
  }

  #record(schema: Schema, wanted: string): Shape {
    const key = plain(schema);
    this.wanted.set(wanted, key);
    const known = this.#names.get(key);
    if (known !== undefined) return { kind: 'named', name: known };
    const name = this.#freeName(this.#better.get(key) ?? wanted);
    this.#names.set(key, name);
    this.#records.set(name, null);
    const fields = Object.entries(schema.properties ?? {}).map(([property, of]) => ({
      key: property,
      shape: this.shapeOf(of, name + pascal(property)),
      required: schema.required?.includes(property) ?? false,
      description: of.description ?? null,
    }));
    this.#records.set(name, { name, description: schema.description ?? null, fields });
    return { kind: 'named', name };
  }

  #unionOf(parts: readonly Schema[], wanted: string): Shape {
    const shapes = parts.map((part) => {
      const kind = part.properties?.kind?.const;
      return this.shapeOf(part, typeof kind === 'string' ? pascal(kind) + wanted : wanted);
    });
    const words = shapes.flatMap((shape) => (shape.kind === 'words' ? shape.values : []));
    const others = shapes.filter((shape) => shape.kind !== 'words');
    const merged: Shape[] = words.length > 0 ? [{ kind: 'words', values: words }, ...others] : others;
    const distinct = merged.filter(
      (shape, index) => merged.findIndex((other) => JSON.stringify(other) === JSON.stringify(shape)) === index,
    );
    return distinct.length === 1 ? distinct[0]! : { kind: 'union', of: distinct };
  }

  #listOf(schema: Schema, wanted: string): Shape {
    if (schema.prefixItems !== undefined)
      return { kind: 'tuple', of: schema.prefixItems.map((item, index) => this.shapeOf(item, `${wanted}${index}`)) };
    const items = typeof schema.items === 'object' ? schema.items : {};
    return { kind: 'list', of: this.shapeOf(items, singular(wanted)) };
  }

  #objectOf(schema: Schema, wanted: string): Shape {
    if (Object.keys(schema.properties ?? {}).length > 0) return this.#record(schema, wanted);
    const { additionalProperties } = schema;
    const of: Shape =
      typeof additionalProperties === 'object' ? this.shapeOf(additionalProperties, wanted) : { kind: 'anything' };
    return { kind: 'table', of };
  }

  shapeOf(given: Schema, wanted: string): Shape {
    const { schema, name } = this.#resolved(given);
    const named = name ?? wanted;
    const parts = schema.anyOf ?? schema.oneOf;
    if (parts !== undefined) return this.#unionOf(parts, named);
    if (typeof schema.const === 'string') return { kind: 'words', values: [schema.const] };
    if (schema.enum?.every((value) => typeof value === 'string')) return { kind: 'words', values: schema.enum };
    if (Array.isArray(schema.type))
      return this.#unionOf(
        schema.type.map((type: string) => ({ ...schema, type })),
        named,
      );
    switch (schema.type) {
      case 'string':
        return { kind: 'text' };
      case 'number':
      case 'integer':
      case 'boolean':
      case 'null':
        return { kind: schema.type };
      case 'array':
        return this.#listOf(schema, named);
      case 'object':
        return this.#objectOf(schema, named);
      default:
        return schema.properties === undefined ? { kind: 'anything' } : this.#record(schema, named);
    }
  }
}

const jsonOf = (content: Content | undefined): Schema | undefined => content?.content?.['application/json']?.schema;

/** A query is a record of its own, whose parameters may be left out. */
function queryOf({ parameters = [] }: Operation): Schema | undefined {
  const asked = parameters.filter((parameter) => parameter.in === 'query');
  if (asked.length === 0) return undefined;
  const described = asked.map(({ name, schema, description }) => [
    name,
    description === undefined ? schema : { ...schema, description },
  ]);
  const required = asked.filter((parameter) => parameter.required).map(({ name }) => name);
  return { type: 'object', properties: Object.fromEntries(described), required };
}

function nameOf(method: string, path: string, { operationId }: Operation): string {
  if (operationId !== undefined) return pascal(operationId);
  const steps = path.slice(PREFIX.length).split('/');
  return pascal(`${method} ${steps.map((step) => (step.startsWith('{') ? `by ${step}` : step)).join(' ')}`);
}

function read(document: OpenApi, better: ReadonlyMap<string, string>): Records {
  const records = new Records(document, better);
  const add = (schema: Schema | undefined, wanted: string): void => {
    if (schema !== undefined) records.shapeOf(schema, wanted);
  };
  for (const [path, operations] of Object.entries(document.paths)) {
    if (!path.startsWith(PREFIX)) continue;
    for (const [method, operation] of Object.entries(operations)) {
      const name = nameOf(method, path, operation);
      add(queryOf(operation), `${name}Query`);
      add(jsonOf(operation.requestBody), `${name}Body`);
      for (const [status, response] of Object.entries(operation.responses ?? {}))
        add(jsonOf(response), status.startsWith('2') ? `${name}Answer` : 'Problem');
    }
  }
  return records;
}

/**
 * The records of our own API, in the order of the document. `names`: what a record is called in place of the name made
 * from the route and the fields that lead to it. Throws for a name that belongs to no record.
 */
export function recordsOf(document: OpenApi, names: Readonly<Record<string, string>> = {}): RecordShape[] {
  const { wanted } = read(document, new Map());
  const better = Object.entries(names).map(([long, short]): [string, string] => {
    const shape = wanted.get(long);
    if (shape === undefined) throw new Error(`names.ts: the API has no record ${long} any more`);
    return [shape, short];
  });
  return read(document, new Map(better)).all();
}

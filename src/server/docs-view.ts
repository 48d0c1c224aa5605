// The reference page of all routes, made from the OpenAPI document. No script, no font, no picture from elsewhere.
import { createHash } from 'node:crypto';
import { html, type Markup } from '../reports/html-markup.ts';
import { reportStyle } from '../reports/html-style.ts';

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly description?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema?: Schema;
}

interface Body {
  readonly description?: string;
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Body;
  readonly responses?: Readonly<Record<string, Body>>;
}

/** What is read of the document. */
export interface ShownDocument {
  readonly info: { readonly title: string; readonly version: string; readonly description?: string };
  readonly tags?: readonly { readonly name: string; readonly description?: string }[];
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

const style = `${reportStyle}
a { color: var(--accent); }
nav { columns: 3 14rem; margin: 1rem 0 2rem; }
nav a { display: block; }
details { border-top: 1px solid var(--hair); padding: .5rem 0; }
summary { cursor: pointer; }
summary code { font-weight: 600; }
code, pre { font-family: ui-monospace, monospace; font-size: .9em; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; padding: .8rem; border: 1px solid var(--hair); border-radius: .3rem; }
ul.shape { list-style: none; padding-left: 1rem; border-left: 1px solid var(--hair); margin: .3rem 0; }
.type { color: var(--muted); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
`;
const styleHash = createHash('sha256').update(style).digest('base64');

/** Whatever is not in the page itself is forbidden. */
export const docsPolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'`;

const DEEPEST = 4;

const nameOfRef = (ref: string): string => ref.split('/').at(-1) ?? ref;

const written = (value: unknown): string => JSON.stringify(value) ?? '';

const variantsOf = ({ anyOf, oneOf }: Schema): readonly Schema[] | undefined => anyOf ?? oneOf;

/** The type in one line. */
function typeText(schema: Schema): string {
  if (schema.$ref !== undefined) return nameOfRef(schema.$ref);
  if (schema.const !== undefined) return written(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(written).join(' | ');
  const variants = variantsOf(schema);
  if (variants !== undefined) return [...new Set(variants.map(typeText))].join(' | ');
  if (schema.type === 'array') return `${typeText(schema.items ?? {})}[]`;
  if (schema.type === 'object' && typeof schema.additionalProperties === 'object' && !schema.properties)
    return `{ [name]: ${typeText(schema.additionalProperties)} }`;
  return [schema.type ?? 'any'].flat().join(' | ');
}

function bounds({ minimum, maximum, default: fallback }: Schema): string {
  const isPlain = (value: number | undefined): value is number =>
    value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER;
  return [
    ...(isPlain(minimum) ? [`at least ${minimum}`] : []),
    ...(isPlain(maximum) ? [`at most ${maximum}`] : []),
    ...(fallback === undefined ? [] : [`default ${written(fallback)}`]),
  ].join(', ');
}

const linked = (schema: Schema): Markup => {
  const named = schema.$ref ?? schema.items?.$ref;
  return named === undefined
    ? html`<span class="type">${typeText(schema)}</span>`
    : html`<a href="#shape-${nameOfRef(named)}">${typeText(schema)}</a>`;
};

/** The object of which the properties are shown: the schema itself, or what a list is made of. */
const innerOf = (schema: Schema): Schema => (schema.type === 'array' ? (schema.items ?? {}) : schema);

function shape(schema: Schema, depth = 0): Markup {
  const inner = innerOf(schema);
  const variants = variantsOf(inner)?.filter((variant) => innerOf(variant).properties !== undefined) ?? [];
  if (depth >= DEEPEST) return html``;
  if (variants.length > 0)
    return html`${variants.map((variant) => html`<p class="note">either</p>${shape(variant, depth)}`)}`;
  if (inner.properties === undefined) return html``;
  const required = new Set(inner.required ?? []);
  return html`<ul class="shape">${Object.entries(inner.properties).map(
    ([name, each]) =>
      html`<li><code>${name}</code>${required.has(name) ? '' : '?'} ${linked(each)} <span class="note">${[each.description ?? '', bounds(each)].filter(Boolean).join('; ')}</span>${shape(each, depth + 1)}</li>`,
  )}</ul>`;
}

const bodyView = (title: string, { description, content = {} }: Body): Markup => {
  const entries = Object.entries(content);
  const [first] = entries;
  return html`<p><strong>${title}</strong> ${description && description !== 'Default Response' ? description : ''} <span class="type">${entries.map(([type]) => type).join(', ')}</span></p>${
    first?.[1].schema === undefined ? '' : html`<p>${linked(first[1].schema)}</p>${shape(first[1].schema)}`
  }`;
};

const parameterView = ({ name, required, description, schema = {}, in: place }: Parameter): Markup =>
  html`<li><code>${name}</code>${required ? '' : '?'} <span class="type">${place}: ${typeText(schema)}</span> <span class="note">${[description ?? schema.description ?? '', bounds(schema)].filter(Boolean).join('; ')}</span></li>`;

function operationView(method: string, path: string, operation: Operation): Markup {
  const { operationId = '', summary = '', description, parameters = [], requestBody, responses = {} } = operation;
  return html`<details id="${operationId}"><summary><code>${method.toUpperCase()} ${path}</code> ${summary}</summary>
${description === undefined ? '' : html`<p>${description}</p>`}
${parameters.length === 0 ? '' : html`<ul class="shape">${parameters.map(parameterView)}</ul>`}
${requestBody === undefined ? '' : bodyView('Body', requestBody)}
${Object.entries(responses).map(([status, body]) => bodyView(status === 'default' ? 'Otherwise' : status, body))}
<p class="note">operationId ${operationId}</p></details>`;
}

function groupsOf({ paths = {} }: ShownDocument): Map<string, Markup[]> {
  const groups = new Map<string, Markup[]>();
  for (const [path, operations] of Object.entries(paths))
    for (const [method, operation] of Object.entries(operations)) {
      const tag = operation.tags?.[0] ?? 'server';
      groups.set(tag, [...(groups.get(tag) ?? []), operationView(method, path, operation)]);
    }
  return groups;
}

export function docsPage(document: ShownDocument): string {
  const groups = groupsOf(document);
  const described = new Map((document.tags ?? []).map(({ name, description }) => [name, description ?? '']));
  const order = [...new Set([...described.keys(), ...groups.keys()])].filter((tag) => groups.has(tag));
  const schemas = Object.entries(document.components?.schemas ?? {});
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API reference - ${document.info.title}</title>
<style>${{ markup: style }}</style>
</head>
<body><main>
<div class="top"><strong>${document.info.title} ${document.info.version}</strong><span><a href="/openapi.json">openapi.json</a></span></div>
<h1>API reference</h1>
<p>${document.info.description ?? ''}</p>
<pre>curl http://127.0.0.1:4000/api/redoubt/v1/scans -H "Authorization: Bearer $REDOUBT_KEY"</pre>
<nav>${order.map((tag) => html`<a href="#tag-${tag}">${tag}</a>`)}<a href="#shapes">shapes</a></nav>
${order.map((tag) => html`<section id="tag-${tag}"><h2>${tag}</h2><p class="note">${described.get(tag) ?? ''}</p>${groups.get(tag) ?? []}</section>`)}
<section id="shapes"><h2>shapes</h2>${schemas.map(([name, schema]) => html`<details id="shape-${name}"><summary><code>${name}</code></summary>${shape(schema)}</details>`)}</section>
</main></body>
</html>
`.markup;
}

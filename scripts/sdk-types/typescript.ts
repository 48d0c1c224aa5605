// Records as TypeScript interfaces.
import type { Field, RecordShape, Shape } from './shapes.ts';

const key = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : `'${name}'`);

function typeOf(shape: Shape): string {
  switch (shape.kind) {
    case 'text':
      return 'string';
    case 'number':
    case 'integer':
      return 'number';
    case 'boolean':
    case 'null':
      return shape.kind;
    case 'anything':
      return 'unknown';
    case 'words':
      return shape.values.map((value) => `'${value.replaceAll("'", "\\'")}'`).join(' | ');
    case 'list': {
      const of = typeOf(shape.of);
      return of.includes(' ') ? `readonly (${of})[]` : `readonly ${of}[]`;
    }
    case 'tuple':
      return `readonly [${shape.of.map(typeOf).join(', ')}]`;
    case 'table':
      return `Readonly<Record<string, ${typeOf(shape.of)}>>`;
    case 'named':
      return shape.name;
    case 'union':
      return shape.of.map((one) => (one.kind === 'list' ? `(${typeOf(one)})` : typeOf(one))).join(' | ');
  }
}

const comment = (text: string | null, indent: string): string[] =>
  text === null ? [] : [`${indent}/** ${text.replaceAll('*/', '* /').replace(/\s+/g, ' ')} */`];

const field = ({ key: name, shape, required, description }: Field): string[] => [
  ...comment(description, '  '),
  `  readonly ${key(name)}${required ? '' : '?'}: ${typeOf(shape)};`,
];

const record = ({ name, description, fields }: RecordShape): string =>
  [...comment(description, ''), `export interface ${name} {`, ...fields.flatMap(field), '}'].join('\n');

export const typescriptOf = (records: readonly RecordShape[], remark: string): string =>
  `// ${remark}\n\n${records.map(record).join('\n\n')}\n`;

// Records as Python's TypedDict, for Python 3.9 on: what may be left out stands in a class of its own.
import type { Field, RecordShape, Shape } from './shapes.ts';

function typeOf(shape: Shape): string {
  switch (shape.kind) {
    case 'text':
      return 'str';
    case 'number':
      return 'float';
    case 'integer':
      return 'int';
    case 'boolean':
      return 'bool';
    case 'null':
      return 'None';
    case 'anything':
      return 'Any';
    case 'words':
      return `Literal[${shape.values.map((value) => JSON.stringify(value)).join(', ')}]`;
    case 'list':
      return `list[${typeOf(shape.of)}]`;
    case 'tuple':
      return `tuple[${shape.of.map(typeOf).join(', ')}]`;
    case 'table':
      return `dict[str, ${typeOf(shape.of)}]`;
    case 'named':
      return shape.name;
    case 'union':
      return `Union[${shape.of.map(typeOf).join(', ')}]`;
  }
}

const keywords: ReadonlySet<string> = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
);
const isName = (key: string): boolean => /^[A-Za-z_]\w*$/.test(key) && !keywords.has(key);

const line = ({ key, shape, description }: Field): string[] => [
  ...(description === null ? [] : [`    # ${description.replace(/\s+/g, ' ')}`]),
  `    ${key}: ${typeOf(shape)}`,
];

const classOf = (name: string, base: string, fields: readonly Field[], doc: string | null): string =>
  [
    `class ${name}(${base}):`,
    ...(doc === null ? [] : [`    """${doc.replace(/\s+/g, ' ')}"""`]),
    ...(fields.length === 0 && doc === null ? ['    pass'] : fields.flatMap(line)),
  ].join('\n');

/** Keys that are no names need the other way of writing. */
function byCall({ name, fields }: RecordShape): string {
  const entries = fields.map(({ key, shape }) => `    ${JSON.stringify(key)}: ${JSON.stringify(typeOf(shape))},`);
  return [`${name} = TypedDict(${JSON.stringify(name)}, {`, ...entries, '}, total=False)'].join('\n');
}

function record(shape: RecordShape): string {
  const { name, description, fields } = shape;
  if (!fields.every(({ key }) => isName(key))) return byCall(shape);
  const needed = fields.filter(({ required }) => required);
  const others = fields.filter(({ required }) => !required);
  if (others.length === 0) return classOf(name, 'TypedDict', needed, description);
  if (needed.length === 0) return classOf(name, 'TypedDict, total=False', others, description);
  return [
    classOf(`_${name}Needed`, 'TypedDict', needed, null),
    classOf(name, `_${name}Needed, total=False`, others, description),
  ].join('\n\n\n');
}

const HEAD = 'from __future__ import annotations\n\nfrom typing import Any, Literal, TypedDict, Union\n';

export const pythonOf = (records: readonly RecordShape[], remark: string): string =>
  `${[`"""${remark}"""\n\n${HEAD}`, ...records.map(record)].join('\n\n')}\n`;

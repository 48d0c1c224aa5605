// Reads XML 1.0 as strictly as a parser does, and holds it to the schema of JUnit files that Jenkins' xUnit plugin reads
// by (junit-10.xsd), as far as we write it. Our own words: the test needs no XSD tool.

interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: Element[];
  text: string;
}

/** XML 1.0, production 2. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;
const DECLARATION = /^<\?xml version="1\.0" encoding="UTF-8"\?>\s*/;
const ATTRIBUTE = /\s+([A-Za-z_][\w.-]*)="([^"<]*)"/gy;
const entities = new Map(Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }));

function unescaped(text: string): string {
  if (text.includes(']]>')) throw new Error(`"]]>" in ${text}`);
  return text.replace(/&([^;]*;)?/g, (whole, entity: string | undefined) => {
    const character = entities.get(entity?.slice(0, -1) ?? '');
    if (character === undefined) throw new Error(`no entity: ${whole}`);
    return character;
  });
}

function attributesOf(written: string): Map<string, string> {
  const attributes = new Map<string, string>();
  let read = 0;
  for (const [whole, name, value] of written.matchAll(ATTRIBUTE)) {
    if (attributes.has(name!)) throw new Error(`twice: ${name}`);
    attributes.set(name!, unescaped(value!));
    read += whole.length;
  }
  if (written.slice(read).trim() !== '') throw new Error(`no attributes: ${written}`);
  return attributes;
}

function rootOf(xml: string): Element {
  const declaration = DECLARATION.exec(xml);
  if (declaration === null) throw new Error('no declaration');
  const root: Element = { name: '', attributes: new Map(), children: [], text: '' };
  const open = [root];
  for (const [, text, closing, opening, attributes, empty, rest] of xml
    .slice(declaration[0].length)
    .matchAll(/([^<]+)|<\/([\w-]+)\s*>|<([\w-]+)((?:\s+[^<>]*?)?)(\/?)>|(.)/gsu)) {
    if (rest !== undefined) throw new Error(`not closed: ${rest}`);
    if (text !== undefined) open.at(-1)!.text += unescaped(text);
    if (closing !== undefined && open.pop()?.name !== closing) throw new Error(`closed out of turn: ${closing}`);
    if (opening === undefined) continue;
    const element = { name: opening, attributes: attributesOf(attributes!), children: [], text: '' };
    open.at(-1)!.children.push(element);
    if (empty === '') open.push(element);
  }
  if (open.length !== 1 || root.children.length !== 1 || root.text.trim() !== '') throw new Error('not one root');
  return root.children[0]!;
}

interface Rule {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly children: readonly string[];
}

const said: Rule = { required: [], optional: ['type', 'message'], children: [] };
const rules: Readonly<Record<string, Rule>> = {
  testsuites: { required: [], optional: ['name', 'time', 'tests', 'failures', 'errors'], children: ['testsuite'] },
  testsuite: {
    required: ['name', 'tests', 'failures', 'errors'],
    optional: ['group', 'time', 'skipped', 'timestamp', 'hostname', 'id', 'package', 'file', 'log', 'url'],
    children: ['testsuite', 'properties', 'testcase', 'system-out', 'system-err'],
  },
  testcase: {
    required: ['name'],
    optional: ['time', 'classname', 'group'],
    children: ['skipped', 'error', 'failure', 'system-out', 'system-err'],
  },
  skipped: said,
  error: said,
  failure: said,
};
const mayHoldText = new Set(['skipped', 'error', 'failure']);

function problemsOf({ name, attributes, children, text }: Element): string[] {
  const rule = rules[name];
  if (rule === undefined) return [`no such element: ${name}`];
  return [
    ...rule.required.filter((each) => !attributes.has(each)).map((each) => `${name} without ${each}`),
    ...[...attributes.keys()]
      .filter((each) => ![...rule.required, ...rule.optional].includes(each))
      .map((each) => `${name} with ${each}`),
    ...children.filter((each) => !rule.children.includes(each.name)).map((each) => `${each.name} in ${name}`),
    ...(text.trim() === '' || mayHoldText.has(name) ? [] : [`text in ${name}`]),
    ...children.flatMap(problemsOf),
  ];
}

/** A suite says how many of its tests ended how. */
function miscounted({ name, attributes, children }: Element): string[] {
  if (name !== 'testsuite') return children.flatMap(miscounted);
  const ending = (end: string) => children.filter((test) => test.children.some((each) => each.name === end)).length;
  const counts = { failures: ending('failure'), errors: ending('error'), skipped: ending('skipped') };
  return Object.entries({ tests: children.length, ...counts })
    .filter(([key, n]) => attributes.get(key) !== String(n))
    .map(([key, n]) => `${key}="${attributes.get(key)}" where ${n} are`);
}

/** What is wrong with a JUnit file; throws where it is no XML. */
export function junitProblems(bytes: Uint8Array): string[] {
  const xml = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  const forbidden = FORBIDDEN.exec(xml);
  if (forbidden !== null) throw new Error(`character ${forbidden[0].charCodeAt(0).toString(16)}`);
  const root = rootOf(xml);
  return [
    ...(root.name === 'testsuites' || root.name === 'testsuite' ? [] : [`root ${root.name}`]),
    ...problemsOf(root),
    ...miscounted(root),
  ];
}

// Holds the sources against ARCHITECTURE.md and the habits of CONTRIBUTING.md; each failure says the rule in a sentence.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, join, posix } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import {
  findCycles,
  findForbiddenArrows,
  findSiblingImports,
  type Kind,
  parseFloorPlan,
  roomNameOf,
} from './floor-plan.ts';
import {
  isTest,
  linesOf,
  listFiles,
  parseSource,
  projectRoot,
  readSources,
  readText,
  type SourceFile,
  walk,
} from './source-files.ts';

const plan = parseFloorPlan(readText('ARCHITECTURE.md'));
const allSources = readSources('src');
const sources = allSources.filter((file) => !isTest(file.path));

const kinds: readonly Kind[] = [
  { folder: 'src/scan/attacks', contract: 'attack.ts', index: 'index.ts' },
  { folder: 'src/scan/judges', contract: 'judge.ts', index: 'index.ts' },
  { folder: 'src/scan/imports', contract: 'import.ts', index: 'index.ts' },
  { folder: 'src/guard/detectors', contract: 'detector.ts', index: 'index.ts' },
  { folder: 'src/dialects', contract: 'dialect.ts', index: 'index.ts' },
  { folder: 'src/api', contract: 'resource.ts', index: 'index.ts' },
  { folder: 'src/reports', contract: 'report.ts', index: 'index.ts' },
  { folder: 'src/cli', contract: 'command.ts', index: 'index.ts' },
];

/** One sentence for each file that holds a node of the given sort. */
const findNodes = (files: readonly SourceFile[], matches: (node: ts.Node) => boolean, sentence: string): string[] =>
  files.flatMap((file) => {
    const found: string[] = [];
    walk(file.tree, (node) => {
      if (!matches(node)) return;
      const { line } = file.tree.getLineAndCharacterOfPosition(node.getStart(file.tree));
      found.push(`${file.path}:${line + 1}: ${sentence}`);
    });
    return found;
  });

const isProperty = (node: ts.Node, object: string, property?: string): boolean =>
  ts.isPropertyAccessExpression(node) &&
  ts.isIdentifier(node.expression) &&
  node.expression.text === object &&
  (property === undefined || node.name.text === property);

const importsName = (node: ts.Node, module: string, name: string): boolean =>
  ts.isImportDeclaration(node) &&
  ts.isStringLiteral(node.moduleSpecifier) &&
  node.moduleSpecifier.text.replace('node:', '') === module &&
  node.importClause?.namedBindings !== undefined &&
  ts.isNamedImports(node.importClause.namedBindings) &&
  node.importClause.namedBindings.elements.some((element) => (element.propertyName ?? element.name).text === name);

const isDefaultExport = (node: ts.Node): boolean =>
  ts.isExportAssignment(node) ||
  (ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some((it) => it.kind === ts.SyntaxKind.DefaultKeyword));

const outside = (room: string): SourceFile[] => sources.filter((file) => roomNameOf(file.path) !== room);

const isOnlyType = (node: ts.Node): boolean =>
  (ts.isImportDeclaration(node) && node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword) ||
  (ts.isExportDeclaration(node) && node.isTypeOnly);

/** What a file really loads before it runs: types and what is imported later are not. */
const loadedBy = ({ tree }: SourceFile): string[] =>
  tree.statements.flatMap((node) => {
    if (!(ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) || isOnlyType(node)) return [];
    const said = node.moduleSpecifier;
    return said && ts.isStringLiteral(said) ? [said.text] : [];
  });

const ownFilesLoadedBy = (file: SourceFile): string[] =>
  loadedBy(file)
    .filter((said) => said.startsWith('.'))
    .map((said) => posix.join(posix.dirname(file.path), said));

describe('the rooms', () => {
  it('import downwards only, and never a room of their own floor', () => {
    expect(plan.size).toBeGreaterThan(10);
    expect(findForbiddenArrows(plan, sources)).toEqual([]);
  });

  it('have no circle of imports between files', () => {
    expect(findCycles(sources)).toEqual([]);
  });

  it.each(kinds)('keep the parts of $folder apart from one another', (kind) => {
    expect(findSiblingImports(kind, sources)).toEqual([]);
  });

  it('stand on the first sheet: at most 15 folders, each in the table', () => {
    const folders = new Set(allSources.map((file) => roomNameOf(file.path)).filter((name) => !name.endsWith('.ts')));
    expect(folders.size).toBeLessThanOrEqual(15);
    expect([...folders].filter((name) => !plan.has(name))).toEqual([]);
  });
});

describe('the page ARCHITECTURE.md', () => {
  it('points only at files and folders that exist', () => {
    const named = [...readText('ARCHITECTURE.md').matchAll(/`((?:src|data|tests|scripts|bin|docs|web)\/[\w./-]+)`/g)];
    const missing = named.map((match) => match[1]!).filter((path) => !existsSync(join(projectRoot, path)));
    expect(missing).toEqual([]);
  });
});

describe('the sources', () => {
  it('read the environment in src/config.ts only', () => {
    const files = sources.filter((file) => file.path !== 'src/config.ts');
    const reads = (node: ts.Node): boolean => isProperty(node, 'process', 'env') || importsName(node, 'process', 'env');
    expect(findNodes(files, reads, 'settings come from src/config.ts; nothing else reads process.env')).toEqual([]);
  });

  it('print and end the process in src/cli only', () => {
    const speaks = (node: ts.Node): boolean => isProperty(node, 'console') || isProperty(node, 'process', 'exit');
    expect(
      findNodes(outside('cli'), speaks, 'only src/cli prints or ends the process; throw or return instead'),
    ).toEqual([]);
  });

  it('keep the words of vendors inside src/dialects', () => {
    const words = /passed_line|breakdown_all|severityCounts|averages_attack|enabled_policies/;
    const found = allSources.filter((file) => roomNameOf(file.path) !== 'dialects' && words.test(file.text));
    expect(
      found.map((file) => `${file.path}: says "${words.exec(file.text)?.[0]}", which belongs in src/dialects`),
    ).toEqual([]);
  });

  it('export by name, never by default', () => {
    expect(findNodes(sources, isDefaultExport, 'export by name, so that a thing has one name everywhere')).toEqual([]);
  });

  it('open with a comment that says what the file is', () => {
    const silent = sources.filter((file) => !/^(\/\/ |\/\*)/.test(file.text));
    expect(silent.map((file) => `${file.path}: the first line says what the file is and why it stands apart`)).toEqual(
      [],
    );
  });
});

describe('the start of every command', () => {
  const heavy = [
    'fastify',
    'pg-boss',
    'openid-client',
    '@node-rs/argon2',
    'onnxruntime-node',
    '@myriaddreamin/typst-ts-node-compiler',
    'libphonenumber-js/max',
    're2js',
  ];
  const byPath = new Map(sources.map((file) => [file.path, file]));

  it('loads nothing heavy that only some of them use', () => {
    const seen = new Set(['src/cli/main.ts', 'src/compose.ts']);
    const found: string[] = [];
    for (const path of seen) {
      const file = byPath.get(path)!;
      for (const said of loadedBy(file))
        if (heavy.includes(said)) found.push(`${path}: import ${said} where it is used`);
      for (const next of ownFilesLoadedBy(file)) seen.add(next);
    }
    expect(seen.size).toBeGreaterThan(100);
    expect(found).toEqual([]);
  });
});

describe('the dashboard', () => {
  const pages = listFiles('web/src', ['.ts', '.tsx']).map((path) => parseSource(path, readText(path)));
  /** Pure: imports nothing that runs, so that nothing of the server follows it into the browser. */
  const isPure = (path: string): boolean =>
    !parseSource(path, readText(path)).tree.statements.some(
      (it) => ts.isImportDeclaration(it) && it.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword,
    );
  it('takes from src types, and what is pure', () => {
    const found = pages.flatMap((file) =>
      ownFilesLoadedBy(file)
        .filter((target) => target.startsWith('src/') && !isPure(target))
        .map((target) => `${file.path} imports ${target}: only types, or files that import nothing`),
    );
    expect(pages.length).toBeGreaterThan(10);
    expect(found).toEqual([]);
  });

  it('opens each file with a comment that says what it is, and names no address outside', () => {
    expect(pages.filter((file) => !/^(\/\/ |\/\*)/.test(file.text)).map((file) => file.path)).toEqual([]);
    const far = pages.filter((file) =>
      /['"`(]https?:\/\/(?!127\.0\.0\.1|www\.w3\.org|models\.example)/.test(file.text),
    );
    expect(far.map((file) => `${file.path}: names an address outside; nothing is loaded from elsewhere`)).toEqual([]);
  });
});

describe('files', () => {
  it('have at most 400 lines, and a median that a screen can hold', () => {
    const all = [
      ...listFiles('src', ['.ts']),
      ...['tests', 'bench', 'scripts', 'bin', 'web'].flatMap((it) => listFiles(it, ['.ts', '.tsx', '.mjs', '.js'])),
    ];
    const tooLong = all.filter((path) => linesOf(readText(path)) > 400);
    expect(tooLong.map((path) => `${path}: has more than 400 lines; find the two things that it does`)).toEqual([]);
    const sizes = sources.map((file) => linesOf(file.text)).sort((a, b) => a - b);
    const median = sizes[Math.floor(sizes.length / 2)] ?? 0;
    process.stdout.write(`median of src: ${median} lines a file (aim: 80 or less), ${sizes.length} files\n`);
    expect(median, 'the median file of src should fit on a screen: 80 lines').toBeLessThanOrEqual(110);
  });

  it('are named after their purpose', () => {
    const vague = /^(utils?|helpers?|common|misc|types|manager)(\.|$)/;
    const paths = ['src', 'tests', 'bench', 'scripts', 'web'].flatMap((it) => listFiles(it, ['.ts', '.tsx', '.mjs']));
    const found = paths.filter(
      (path) =>
        path.split('/').some((segment) => vague.test(segment)) || /-(utils|helpers|manager)\./.test(basename(path)),
    );
    expect(
      found.map((path) => `${path}: name the purpose; utils, helpers, common, misc, types, manager say none`),
    ).toEqual([]);
  });

  const isCheckout = existsSync(join(projectRoot, '.git'));
  it.skipIf(!isCheckout)(`hold no path of a machine${isCheckout ? '' : ' - skipped: not a git checkout'}`, () => {
    const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
      cwd: projectRoot,
      encoding: 'utf8',
    });
    const machinePath = /(?<![\w.:/~-])\/(root|work|home\/[a-z][\w-]*)\/\w/;
    const isText = (path: string): boolean =>
      /(^|\/)[^.]+$|\.(ts|tsx|mjs|js|css|json|jsonl|md|ya?ml|toml|sh|py|go|html|css|txt)$/.test(path);
    // What a test case says is somebody's request, not a path of ours.
    const files = listed
      .split('\n')
      .filter((path) => isText(path) && !path.endsWith('cases.jsonl') && existsSync(join(projectRoot, path)));
    const found = files.filter((path) => machinePath.test(readText(path)));
    expect(
      found.map((path) => `${path}: names ${machinePath.exec(readText(path))?.[0]}..., a path of one machine`),
    ).toEqual([]);
  });
});

describe('the rules themselves', () => {
  const file = (path: string, ...imports: string[]): SourceFile =>
    parseSource(path, imports.map((it) => `import type { x } from '${it}';`).join('\n'));
  const kind: Kind = { folder: 'src/scan/attacks', contract: 'attack.ts', index: 'index.ts' };

  it.each([
    ['src/store/a.ts', '../scan/b.ts', /store lies below scan/],
    ['src/models/a.ts', '../inference/b.ts', /share a floor/],
    ['src/config.ts', './store/b.ts', /config\.ts may import core only/],
    ['src/scan/a.ts', '../config.ts', /config\.ts is read by cli and compose\.ts only/],
    ['src/attic/a.ts', '../core/b.ts', /attic is missing in the table/],
    ['src/scan/a.ts', '../../tests/b.ts', /nothing outside src/],
  ])('refuse that %s imports %s', (path, target, sentence) => {
    expect(findForbiddenArrows(plan, [file(path, target)])).toEqual([expect.stringMatching(sentence)]);
  });

  it.each([
    ['src/cli/a.ts', '../config.ts'],
    ['src/scan/a.ts', '../core/b.ts'],
    ['src/scan/a.ts', './attacks/b.ts'],
  ])('allow that %s imports %s', (path, target) => {
    expect(findForbiddenArrows(plan, [file(path, target)])).toEqual([]);
  });

  it('find a circle however long it is', () => {
    const circle = [file('src/core/a.ts', './b.ts'), file('src/core/b.ts', './c.ts'), file('src/core/c.ts', './a.ts')];
    expect(findCycles(circle)).toEqual(['src/core/a.ts -> src/core/b.ts -> src/core/c.ts -> src/core/a.ts']);
    expect(findCycles(circle.slice(0, 2))).toEqual([]);
  });

  it('let a part import the contract and shared files, but no other part', () => {
    const index = file('src/scan/attacks/index.ts', './attack.ts', './flip.ts', './pair.ts');
    const allowed = file('src/scan/attacks/flip.ts', './attack.ts', './word-order.ts');
    const forbidden = file('src/scan/attacks/pair.ts', './flip.ts');
    expect(findSiblingImports(kind, [index, allowed])).toEqual([]);
    expect(findSiblingImports(kind, [index, allowed, forbidden])).toEqual([
      expect.stringMatching(/pair\.ts imports .*flip\.ts/),
    ]);
  });
});

// Reads the sources as the architecture test sees them: each file with its text, its syntax tree and what it imports.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import ts from 'typescript';

export const projectRoot = dirname(import.meta.dirname);

export interface SourceFile {
  /** From the project's root, with slashes: `src/core/chat.ts`. */
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
  /** Paths like `path` of the project's own files that this one imports, types included. */
  readonly imports: readonly string[];
}

export const isTest = (path: string): boolean => /\.(test|contract)\.ts$/.test(path);

export const linesOf = (text: string): number => text.split('\n').length - (text.endsWith('\n') ? 1 : 0);

/** Paths of the files under a folder of the project whose names end in one of the endings; none when it is absent. */
export function listFiles(folder: string, endings: readonly string[]): string[] {
  let entries: string[];
  try {
    entries = readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' });
  } catch {
    return [];
  }
  return entries
    .filter((entry) => endings.some((ending) => entry.endsWith(ending)))
    .map((entry) => posix.join(folder, entry.replaceAll('\\', '/')))
    .sort();
}

export const readText = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');

/** Calls `visit` for every node of a tree. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

function specifierOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return node.argument.literal;
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) return node.arguments[0];
  return undefined;
}

function importsOf(path: string, tree: ts.SourceFile): string[] {
  const found = new Set<string>();
  walk(tree, (node) => {
    const specifier = specifierOf(node);
    if (specifier !== undefined && ts.isStringLiteralLike(specifier) && specifier.text.startsWith('.')) {
      found.add(posix.join(posix.dirname(path), specifier.text));
    }
  });
  return [...found];
}

/** One source text as the rules see it; `path` need not exist. */
export function parseSource(path: string, text: string): SourceFile {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  return { path, text, tree, imports: importsOf(path, tree) };
}

export const readSources = (folder: string): SourceFile[] =>
  listFiles(folder, ['.ts']).map((path) => parseSource(path, readText(path)));

// Holds lists that people read against what is really there, so that neither can be changed alone.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { faultsOf } from '../scripts/dataset-faults.ts';
import { readFolder } from '../scripts/dataset-files.ts';
import { listFiles, projectRoot, readText } from './source-files.ts';

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(readText('package.json')) as Manifest;
const versions = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };

interface Row {
  readonly name: string;
  readonly licence: string;
  readonly reason: string;
}

/** Rows `| package | licence | reason |` of the page on dependencies. */
function readDependencyRows(): Row[] {
  const page = readText('docs/decisions/dependencies.md');
  return [...page.matchAll(/^\| `([^`]+)` \|([^|]*)\|([^|]*)\|$/gm)].map(([, name, licence, reason]) => ({
    name: name!,
    licence: licence!.trim(),
    reason: reason!.trim(),
  }));
}

describe('dependencies', () => {
  const rows = readDependencyRows();

  it('stand in docs/decisions/dependencies.md, every one and nothing else', () => {
    expect(rows.map((row) => row.name).sort()).toEqual(Object.keys(versions).sort());
  });

  it.each(rows)('$name has a reason, and the licence that its package names', ({ name, licence, reason }) => {
    expect(reason.length, `${name} needs one line of reason`).toBeGreaterThan(15);
    const installed = JSON.parse(readText(`node_modules/${name}/package.json`)) as { readonly license: string };
    expect(licence).toBe(installed.license);
  });

  it('are pinned to one version each', () => {
    const loose = Object.entries(versions).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version));
    expect(loose.map(([name, version]) => `${name}: "${version}" is a range; pin one version`)).toEqual([]);
  });

  it('lie in a lock that names every part for every machine, so that npm ci works everywhere', () => {
    const lock = JSON.parse(readText('package-lock.json')) as {
      readonly packages: Readonly<Record<string, { readonly optionalDependencies?: Readonly<Record<string, string>> }>>;
    };
    const missing = Object.entries(lock.packages).flatMap(([place, entry]) =>
      Object.keys(entry.optionalDependencies ?? {})
        .filter(
          (name) => !(`${place}/node_modules/${name}` in lock.packages || `node_modules/${name}` in lock.packages),
        )
        .map((name) => `${name}, a part of ${place}, is missing in package-lock.json: npm ci refuses such a lock`),
    );
    expect(missing).toEqual([]);
  });
});

describe('decision pages', () => {
  const pages = listFiles('docs/decisions', ['.md']).filter((path) => /\/\d{4}-/.test(path));

  it('are numbered without a gap', () => {
    const numbers = pages.map((path) => Number(/\/(\d{4})-/.exec(path)?.[1]));
    expect(numbers).toEqual(numbers.map((_number, index) => index + 1));
  });

  it.each(pages)('%s says context, decision, rejected ways and what would change our mind on one screen', (path) => {
    const text = readText(path);
    const headings = [...text.matchAll(/^## (.+)$/gm)].map((match) => match[1]);
    expect(headings).toEqual(['Context', 'Decision', 'Rejected', 'What would change our mind']);
    expect(text.split('\n').length).toBeLessThanOrEqual(60);
  });
});

describe('npm scripts', () => {
  it('all go through scripts/run.mjs, so that each works in a fresh clone', () => {
    const others = Object.entries(manifest.scripts).filter(
      ([, command]) => !command.startsWith('node scripts/run.mjs '),
    );
    expect(others).toEqual([]);
  });
});

describe('datasets', () => {
  const count = listFiles('data/datasets', ['dataset.yaml']).length;

  it.skipIf(count === 0)(`keep their rules${count === 0 ? ' - skipped: no dataset yet' : ''}`, () => {
    expect(faultsOf(readFolder(join(projectRoot, 'data', 'datasets')))).toEqual([]);
  });
});

// The pages of docs/reference, made from the catalogues themselves: what a page says is what the program does.
import { errorCatalogue } from '../src/core/errors.ts';
import { attacks } from '../src/scan/attacks/index.ts';
import { builtInDatasets } from '../src/scan/datasets/built-in.ts';
import { presets } from '../src/scan/presets.ts';

const GENERATED = 'Made by `npm run reference` from the catalogue in the source; a test holds both equal.';

const placeholders = { field: 'FIELD', value: 'VALUE', reason: 'REASON', allowed: ['A', 'B'] };

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function errorsPage(): string {
  const rows = Object.entries(errorCatalogue).map(
    ([code, { kind, sentence }]) =>
      `| ${code} | ${kind} | ${cell((sentence as (d: typeof placeholders) => string)(placeholders))} |`,
  );
  return ['# Errors', '', GENERATED, '', '| code | kind | sentence |', '|---|---|---|', ...rows, ''].join('\n');
}

function attacksPage(): string {
  const rows = attacks.map(
    ({ id, title, fidelity, calls, paper, summary }) =>
      `| ${id} | ${title} | ${fidelity} | ${calls} | ${paper ?? ''} | ${cell(summary)} |`,
  );
  const presetRows = Object.values(presets).map(
    ({ id, summary, attacks: names, casesPerDataset, twins }) =>
      `| ${id} | ${summary} | ${names.join(', ')} | ${casesPerDataset ?? 'all'} | ${twins} |`,
  );
  return [
    ...[
      '# Attacks',
      '',
      GENERATED,
      '',
      '| id | title | fidelity | calls | paper | what it does |',
      '|---|---|---|---|---|---|',
    ],
    ...[
      ...rows,
      '',
      '## Presets',
      '',
      '| id | what for | attacks | cases a dataset | benign twins |',
      '|---|---|---|---|---|',
    ],
    ...[...presetRows, ''],
  ].join('\n');
}

function datasetsPage(): string {
  const rows = builtInDatasets().map(
    ({ slug, title, version, cases, role, inDefaultScan, taxonomy }) =>
      `| ${title} | ${slug} | ${version} | ${cases} | ${role === 'twin' ? 'beside every scan' : inDefaultScan ? 'yes' : 'by name'} | ${cell(taxonomy)} |`,
  );
  return [
    ...['# Datasets', '', GENERATED, '', 'What each covers, and how varied it is: `npm run datasets:check`.', ''],
    ...['| name | slug | version | cases | in a scan that names none | taxonomy |', '|---|---|---|---|---|---|'],
    ...[...rows, ''],
  ].join('\n');
}

/** File name under docs/reference -> content. */
export const referencePages = (): Readonly<Record<string, string>> => ({
  'errors.md': errorsPage(),
  'attacks.md': attacksPage(),
  'datasets.md': datasetsPage(),
});

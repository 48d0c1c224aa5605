// The pages of docs/reference, made from the catalogues themselves: what a page says is what the program does.
import { z } from 'zod';
import { errorCatalogue } from '../src/core/errors.ts';
import { count } from '../src/reports/wording.ts';
import { attacks } from '../src/scan/attacks/index.ts';
import { builtInDatasets } from '../src/scan/datasets/built-in.ts';
import { presets } from '../src/scan/presets.ts';
import { type Slice, suites } from '../src/scan/suites/catalogue.ts';
import { casesOfSuite } from '../src/scan/suites/store-suite.ts';

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

interface ParameterSchema {
  readonly enum?: readonly unknown[];
  readonly type?: string;
  readonly default?: unknown;
}

/** Each parameter with what it may be. */
function parametersOf(schema: z.ZodType): string {
  const properties = (z.toJSONSchema(schema, { io: 'input' }).properties ?? {}) as Record<string, ParameterSchema>;
  const texts = Object.entries(properties).map(([name, { enum: allowed, type, default: usual }]) => {
    const kind = allowed && allowed.length <= 6 ? allowed.join('/') : (type ?? 'yes/no');
    return `${name} (${kind}${usual === undefined ? '' : `; ${String(usual)}`})`;
  });
  return cell(texts.join(', '));
}

const triesNote = (most: number | undefined): string =>
  most === undefined
    ? ''
    : ` More than ${count(most)} tries a test only with \`search_tries: N\` in \`redoubt.yaml\` (\`REDOUBT_SEARCH_TRIES\`).`;

function attacksPage(): string {
  const rows = attacks.map(
    ({ id, title, family, fidelity, calls, parameters, paper, summary, mostTries }) =>
      `| ${id} | ${title} | ${family} | ${fidelity} | ${calls} | ${parametersOf(parameters)} | ${paper ?? ''} | ${cell(summary)}${triesNote(mostTries)} |`,
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
      '| id | title | family | fidelity | calls | parameters | paper | what it does |',
      '|---|---|---|---|---|---|---|---|',
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

const sliceText = ({ dataset, subcategories, leaves, oracles }: Slice): string => {
  const narrowed = [...(subcategories ?? []), ...(leaves ?? []), ...(oracles ?? []).map((kind) => `oracle ${kind}`)];
  return narrowed.length === 0 ? dataset : `${dataset} (${narrowed.join('; ')})`;
};

function suitesPage(): string {
  const rows = suites().map((suite) => {
    const { id, also, summary, slices, attacks: names } = suite;
    const cells = [id, also.join(', '), summary, String(casesOfSuite(suite).length), slices.map(sliceText).join('; ')];
    return `| ${[...cells, names.join(', ')].map(cell).join(' | ')} |`;
  });
  return [
    '# Suites',
    '',
    GENERATED,
    '',
    'A suite is a slice of the datasets with the attacks that belong to it: `redoubt scan --suite NAME`. Besides these,',
    '`dataset:NAME` is any whole dataset, asked plainly. Other tools call suites attack types or plugins; what they call',
    'the same thing stands under "also". The list is derived from the files in `data/suites` and complete.',
    '',
    '| id | also | what it tests | cases | slices | attacks |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

/** File name under docs/reference -> content. */
export const referencePages = (): Readonly<Record<string, string>> => ({
  'errors.md': errorsPage(),
  'attacks.md': attacksPage(),
  'datasets.md': datasetsPage(),
  'suites.md': suitesPage(),
});

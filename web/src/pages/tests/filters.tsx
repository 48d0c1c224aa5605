// The filters over the tests of a scan; all of them stand in the page's address.
import { type FormEvent, useState } from 'react';
import type { ScanDetail } from '../../api/shapes.ts';
import { rolesOf, testFilters } from '../../api/tests.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Choice } from '../../parts/choice.tsx';
import { Field, Select, TextInput } from '../../parts/field.tsx';
import { useFilters } from '../../search.ts';

const outcomes = ['breached', 'partial', 'inconclusive', 'defended', 'refused', 'unjudged'];
const severities = ['critical', 'high', 'medium', 'low'];
const orders = [
  ['worst', 'worst first'],
  ['least-sure', 'least sure first'],
  ['category', 'by category'],
  ['attack', 'by attack'],
  ['plan', 'as planned'],
] as const;

function Words() {
  const [search, setSearch] = useFilters();
  const [text, setText] = useState(search.text ?? '');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setSearch({ text });
  };
  return (
    <form onSubmit={submit} className="flex items-end gap-2">
      <Field label="Words in the request" className="w-52">
        <TextInput type="search" value={text} onChange={(event) => setText(event.target.value)} />
      </Field>
      <Button type="submit">Find</Button>
    </form>
  );
}

const kinds = [
  ['case', 'tests'],
  ['twin', 'harmless twins'],
  ['control', 'controls of searches'],
  ['case,twin,control', 'all three'],
] as const;

/** What is counted in the report, or what stands beside it. */
function Kind() {
  const [search, setSearch] = useFilters();
  const chosen = rolesOf(search);
  return (
    <Field label="Kind" className="w-36">
      <Select value={chosen} onChange={(event) => setSearch({ role: event.target.value })}>
        {chosen === '' && <option value="">as the rate counts</option>}
        {kinds.map(([id, shown]) => (
          <option key={id} value={id}>
            {shown}
          </option>
        ))}
      </Select>
    </Field>
  );
}

const plain = (values: readonly string[]): [string, string][] => values.map((value) => [value, value]);

/** Filters without a field of their own, as an address of a chart may bring them. */
const others = testFilters.filter((key) => !['text', 'outcome', 'severity', 'dataset', 'attack', 'role'].includes(key));

export function TestFilters({ scan }: { readonly scan: ScanDetail }) {
  const [search, setSearch] = useFilters();
  const datasets = [...new Map(scan.datasets.map(({ slug, name }) => [slug, name]))];
  const attacks = plain([...new Set(scan.attacks.map(({ id }) => id))]);
  const set = others.filter((key) => search[key]);
  const isAny = testFilters.some((key) => search[key]);
  return (
    <div className="flex flex-col gap-3 p-4 pb-3">
      <div className="flex flex-wrap items-end gap-3">
        <Words key={search.text ?? ''} />
        <Choice name="outcome" label="Outcome" values={plain(outcomes)} />
        <Choice name="severity" label="Severity" values={plain(severities)} />
        <Choice name="dataset" label="Dataset" values={datasets} />
        <Choice name="attack" label="Attack" values={attacks} />
        <Kind />
        <Choice name="sort" label="Order" values={orders.slice(1)} none="worst first" />
        {isAny && (
          <Button
            kind="quiet"
            onClick={() => setSearch(Object.fromEntries(testFilters.map((key) => [key, undefined])))}
          >
            Clear
          </Button>
        )}
      </div>
      {set.length > 0 && (
        <ul className="flex flex-wrap gap-2">
          {set.map((key) => (
            <li key={key} className="flex items-center gap-1">
              <Badge tone="accent">{`${key.replace('_', ' ')}: ${search[key]?.replaceAll(',', ', ')}`}</Badge>
              <Button
                kind="quiet"
                className="px-1! py-0!"
                aria-label={`Take the filter ${key} away`}
                onClick={() => setSearch({ [key]: undefined })}
              >
                ✕
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

// One filter of a list, chosen from values; it stands in the page's address, and the list begins anew.
import { useFilters } from '../search.ts';
import { Field, Select } from './field.tsx';

interface ChoiceProps {
  /** The filter in the page's address. */
  readonly name: string;
  readonly label: string;
  readonly values: readonly (readonly [string, string])[];
  /** What it is called where nothing is chosen. */
  readonly none?: string;
}

export function Choice({ name, label, values, none = 'all' }: ChoiceProps) {
  const [search, setSearch] = useFilters();
  const value = search[name] ?? '';
  const isKnown = value === '' || values.some(([id]) => id === value);
  return (
    <Field label={label} className="w-36">
      <Select value={value} onChange={(event) => setSearch({ [name]: event.target.value, offset: undefined })}>
        <option value="">{none}</option>
        {!isKnown && <option value={value}>{value.replaceAll(',', ', ')}</option>}
        {values.map(([id, shown]) => (
          <option key={id} value={id}>
            {shown}
          </option>
        ))}
      </Select>
    </Field>
  );
}

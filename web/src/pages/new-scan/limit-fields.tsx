// Limits and settings of a scan: how much, how fast, with which seed.
import { Check, Field, Select, TextInput } from '../../parts/field.tsx';
import { bounds, hasSampling, type NumberField, numbers, samplingNumbers } from './number-fields.ts';
import type { ScanForm } from './plan.ts';
import type { Problems } from './problems.ts';

interface LimitFieldsProps {
  readonly form: ScanForm;
  readonly problems: Problems;
  readonly onChange: (part: Partial<ScanForm>) => void;
}

interface NumberFieldsProps extends LimitFieldsProps {
  readonly fields: readonly NumberField[];
}

const NumberFields = ({ form, problems, onChange, fields }: NumberFieldsProps) =>
  fields.map(({ field, label, hint, range, of, put }) => (
    <Field key={field} label={label} hint={hint} problem={problems[field]}>
      <TextInput
        type="number"
        min={range.min}
        max={range.max}
        step={range.whole === false ? 'any' : undefined}
        value={of(form)}
        onChange={(event) => onChange(put(form, event.target.value))}
      />
    </Field>
  ));

export function LimitFields({ form, problems, onChange }: LimitFieldsProps) {
  const shared = { form, problems, onChange };
  return (
    <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
      <Field
        label="Name of the scan"
        hint="Empty: made from model and time"
        problem={problems.name}
        className="lg:col-span-3"
      >
        <TextInput value={form.name} maxLength={200} onChange={(event) => onChange({ name: event.target.value })} />
      </Field>
      <NumberFields {...shared} fields={numbers} />
      {hasSampling(form) && <NumberFields {...shared} fields={samplingNumbers} />}
      <Field label="Guard" hint="Who stops what: the model, the guard, or nobody">
        <Select value={form.guard} onChange={(event) => onChange({ guard: event.target.value })}>
          <option value="none">not in play</option>
          <option value="both">target bare, and behind the guard</option>
          <option value="only">the guard alone</option>
        </Select>
      </Field>
      <fieldset className="grid gap-3 sm:col-span-2 sm:grid-cols-2 lg:col-span-3 lg:grid-cols-4">
        <legend className="mb-2 text-sm font-semibold">End early</legend>
        <NumberFields {...shared} fields={bounds} />
      </fieldset>
      <div className="flex flex-col gap-2 lg:col-span-3">
        <Check
          checked={form.takesImages}
          onChange={(event) => onChange({ takesImages: event.target.checked })}
          label="The target takes pictures: ask also with requests drawn into them"
        />
        <Check
          checked={form.judge}
          onChange={(event) => onChange({ judge: event.target.checked })}
          label="Judge the answers"
        />
      </div>
    </div>
  );
}

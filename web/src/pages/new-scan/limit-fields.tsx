// Limits and settings of a scan: how much, how fast, with which seed.
import { Check, Field, Select, TextInput } from '../../parts/field.tsx';
import type { ScanForm } from './plan.ts';

interface LimitFieldsProps {
  readonly form: ScanForm;
  readonly onChange: (part: Partial<ScanForm>) => void;
}

type NumberKey = Extract<
  keyof ScanForm,
  | 'limit'
  | 'benign'
  | 'seed'
  | 'concurrency'
  | 'qpm'
  | 'timeout'
  | 'maxCost'
  | 'maxCalls'
  | 'maxMinutes'
  | 'untilInterval'
>;

interface NumberField {
  readonly key: NumberKey;
  readonly label: string;
  readonly hint: string;
  readonly min: number;
  readonly step?: 'any';
}

const numbers: readonly NumberField[] = [
  { key: 'limit', label: 'Cases at most', hint: 'Drawn by the seed; empty: no limit', min: 1 },
  { key: 'benign', label: 'Harmless twins', hint: 'For over-refusal; empty: as the preset says', min: 0 },
  { key: 'seed', label: 'Seed', hint: 'The same seed, the same tests', min: 0 },
  { key: 'concurrency', label: 'Calls at once', hint: 'Falls by itself when the target says 429', min: 1 },
  { key: 'qpm', label: 'Calls a minute', hint: 'Empty: no limit', min: 1 },
  { key: 'timeout', label: 'Seconds a call', hint: 'Then it is tried again', min: 1 },
];

/** What may end it before its last test. */
const bounds: readonly NumberField[] = [
  {
    key: 'untilInterval',
    label: 'Interval, ± points',
    hint: 'Until every dataset is known as well',
    min: 0.1,
    step: 'any',
  },
  { key: 'maxCost', label: 'Cost at most', hint: 'Needs the prices of the models', min: 0, step: 'any' },
  { key: 'maxCalls', label: 'Calls at most', hint: 'To the target, retries too', min: 1 },
  { key: 'maxMinutes', label: 'Minutes at most', hint: 'A pause does not count', min: 0, step: 'any' },
];

interface NumberFieldsProps extends LimitFieldsProps {
  readonly fields: readonly NumberField[];
}

const NumberFields = ({ form, onChange, fields }: NumberFieldsProps) =>
  fields.map(({ key, label, hint, min, step }) => (
    <Field key={key} label={label} hint={hint}>
      <TextInput
        type="number"
        min={min}
        step={step}
        value={form[key]}
        onChange={(event) => onChange({ [key]: event.target.value })}
      />
    </Field>
  ));

export function LimitFields({ form, onChange }: LimitFieldsProps) {
  const isEndpoint = form.target.kind === 'openai' || form.target.kind === 'named';
  return (
    <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
      <Field label="Name of the scan" hint="Empty: made from model and time" className="lg:col-span-3">
        <TextInput value={form.name} maxLength={200} onChange={(event) => onChange({ name: event.target.value })} />
      </Field>
      <NumberFields form={form} onChange={onChange} fields={numbers} />
      {isEndpoint && (
        <>
          <Field label="Temperature">
            <TextInput
              type="number"
              min={0}
              max={2}
              step={0.1}
              value={form.target.temperature}
              onChange={(event) => onChange({ target: { ...form.target, temperature: event.target.value } })}
            />
          </Field>
          <Field label="Tokens an answer">
            <TextInput
              type="number"
              min={1}
              value={form.target.maxTokens}
              onChange={(event) => onChange({ target: { ...form.target, maxTokens: event.target.value } })}
            />
          </Field>
        </>
      )}
      <Field label="Guard" hint="Who stops what: the model, the guard, or nobody">
        <Select value={form.guard} onChange={(event) => onChange({ guard: event.target.value })}>
          <option value="none">not in play</option>
          <option value="both">target bare, and behind the guard</option>
          <option value="only">the guard alone</option>
        </Select>
      </Field>
      <fieldset className="grid gap-3 sm:col-span-2 sm:grid-cols-2 lg:col-span-3 lg:grid-cols-4">
        <legend className="mb-2 text-sm font-semibold">End early</legend>
        <NumberFields form={form} onChange={onChange} fields={bounds} />
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

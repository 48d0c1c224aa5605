// One rule of a policy: a detector, what follows from which score on, what it looks for.
import { useQuery } from '@tanstack/react-query';
import { detectorsQuery } from '../../api/catalogue.ts';
import { Button } from '../../parts/button.tsx';
import { Field, Select, TextInput } from '../../parts/field.tsx';

export interface Rule {
  readonly detector?: string;
  readonly action?: string;
  readonly threshold?: number | null;
  readonly reference?: unknown;
}

const actions = [
  ['block', 'block: the text is refused'],
  ['redact', 'redact: what was found is replaced'],
  ['flag', 'flag: told, nothing else'],
  ['strip', 'strip: cut out, the rest stays'],
] as const;

const referenceText = (reference: unknown): string =>
  reference === undefined || reference === null
    ? ''
    : typeof reference === 'string'
      ? reference
      : JSON.stringify(reference);

/** JSON where it reads as a list or an object, else a plain text. */
function readReference(text: string): unknown {
  if (text.trim() === '') return undefined;
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

interface RuleFieldsProps {
  readonly rule: Rule;
  readonly place: number;
  readonly onChange: (rule: Rule) => void;
  readonly onRemove: (() => void) | null;
}

export function RuleFields({ rule, place, onChange, onRemove }: RuleFieldsProps) {
  const detectors = useQuery(detectorsQuery);
  const detector = detectors.data?.find(({ id }) => id === rule.detector);
  const own = detector ? `, ${detector.threshold.toFixed(2)}` : '';
  return (
    <fieldset className="rounded-md border border-hair p-3">
      <legend className="px-1 text-xs font-medium text-soft">Rule {place}</legend>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Detector" hint={detector?.summary}>
          <Select value={rule.detector ?? ''} onChange={(event) => onChange({ ...rule, detector: event.target.value })}>
            {detectors.data?.map(({ id, title, experimental }) => (
              <option key={id} value={id}>{`${title}${experimental ? ' (experimental)' : ''}`}</option>
            ))}
          </Select>
        </Field>
        <Field label="What follows">
          <Select
            value={rule.action ?? 'block'}
            onChange={(event) => onChange({ ...rule, action: event.target.value })}
          >
            {actions.map(([id, label]) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Threshold" hint={`Empty: the detector's own${own}`}>
          <TextInput
            type="number"
            min={0}
            max={1}
            step={0.01}
            value={rule.threshold ?? ''}
            onChange={(event) =>
              onChange({ ...rule, threshold: event.target.value === '' ? null : Number(event.target.value) })
            }
          />
        </Field>
        {detector?.reference && (
          <Field label="Looks for" hint={detector.reference}>
            <TextInput
              value={referenceText(rule.reference)}
              onChange={(event) => onChange({ ...rule, reference: readReference(event.target.value) })}
            />
          </Field>
        )}
      </div>
      {onRemove && (
        <Button kind="quiet" className="mt-2" onClick={onRemove}>
          Remove the rule
        </Button>
      )}
    </fieldset>
  );
}

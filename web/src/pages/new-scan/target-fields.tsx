// Which target: an endpoint, a model of the settings, an HTTP application or the simulated one.
import { useQuery } from '@tanstack/react-query';
import { modelsQuery } from '../../api/models.ts';
import { Field, Select, TextArea, TextInput } from '../../parts/field.tsx';
import type { TargetForm, TargetKind } from './plan.ts';
import type { Problems } from './problems.ts';

interface TargetFieldsProps {
  readonly target: TargetForm;
  readonly problems: Problems;
  readonly onChange: (part: Partial<TargetForm>) => void;
}

const kinds: readonly { readonly kind: TargetKind; readonly label: string }[] = [
  { kind: 'openai', label: 'OpenAI-compatible endpoint' },
  { kind: 'named', label: 'A model of the server’s settings' },
  { kind: 'http', label: 'HTTP application (paste a curl command)' },
  { kind: 'simulated', label: 'Simulated target, for a first look' },
];

function Endpoint({ target, problems, onChange }: TargetFieldsProps) {
  return (
    <>
      <Field label="Base URL" hint="Up to and with /v1" problem={problems['target.base_url']} className="sm:col-span-2">
        <TextInput
          type="url"
          required
          placeholder="https://models.example.com/v1"
          value={target.baseUrl}
          onChange={(event) => onChange({ baseUrl: event.target.value })}
        />
      </Field>
      <Field label="Model" problem={problems['target.model']}>
        <TextInput required value={target.model} onChange={(event) => onChange({ model: event.target.value })} />
      </Field>
      <Field label="Key" hint="Encrypted at rest, never shown again.">
        <TextInput
          type="password"
          autoComplete="off"
          value={target.apiKey}
          onChange={(event) => onChange({ apiKey: event.target.value })}
        />
      </Field>
    </>
  );
}

function Named({ target, onChange }: TargetFieldsProps) {
  const models = useQuery(modelsQuery);
  return (
    <Field
      label="Model"
      className="sm:col-span-2"
      hint={
        models.data?.models.length === 0
          ? 'redoubt.yaml names none yet: add one under models:'
          : 'Address and key stand in the settings of the server.'
      }
    >
      <Select required value={target.named} onChange={(event) => onChange({ named: event.target.value })}>
        <option value="">choose one</option>
        {models.data?.models.map(({ name, host }) => (
          <option key={name} value={name}>{`${name} (${host})`}</option>
        ))}
      </Select>
    </Field>
  );
}

function HttpApplication({ target, problems, onChange }: TargetFieldsProps) {
  return (
    <Field
      label="curl command"
      hint="With {{prompt}} where the request goes. Its headers are encrypted at rest."
      problem={problems['target.file']}
      className="sm:col-span-2"
    >
      <TextArea
        rows={7}
        required
        spellCheck={false}
        className="font-mono text-xs"
        placeholder={`curl https://app.example.com/chat -H 'Content-Type: application/json' -d '{"message": "{{prompt}}"}'`}
        value={target.file}
        onChange={(event) => onChange({ file: event.target.value })}
      />
    </Field>
  );
}

function Simulated({ target, onChange }: TargetFieldsProps) {
  return (
    <Field label="Profile" hint="How easily it gives in. Nothing follows about a real model." className="sm:col-span-2">
      <Select value={target.profile} onChange={(event) => onChange({ profile: event.target.value })}>
        <option>hardened</option>
        <option>average</option>
        <option>naive</option>
      </Select>
    </Field>
  );
}

const fieldsOf = { openai: Endpoint, named: Named, http: HttpApplication, simulated: Simulated } as const;

export function TargetFields({ target, problems, onChange }: TargetFieldsProps) {
  const Fields = fieldsOf[target.kind];
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Field label="Kind of target" className="sm:col-span-2">
        <Select value={target.kind} onChange={(event) => onChange({ kind: event.target.value as TargetKind })}>
          {kinds.map(({ kind, label }) => (
            <option key={kind} value={kind}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <Fields target={target} problems={problems} onChange={onChange} />
      {target.kind !== 'simulated' && (
        <Field label="System prompt" hint="Optional: as the application sends it." className="sm:col-span-2">
          <TextArea rows={2} value={target.system} onChange={(event) => onChange({ system: event.target.value })} />
        </Field>
      )}
    </div>
  );
}

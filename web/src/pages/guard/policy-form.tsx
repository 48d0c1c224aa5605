// A policy as a form: its rules one below the other. What the form does not know stays as the YAML has it.
import { guardRoles } from '../../../../src/guard/message.ts';
import { Button } from '../../parts/button.tsx';
import { Check, Field, Select, TextArea, TextInput } from '../../parts/field.tsx';
import { type Rule, RuleFields } from './rule-fields.tsx';

type Policy = Readonly<Record<string, unknown>>;

interface PolicyFormProps {
  readonly policy: Policy;
  readonly isNew: boolean;
  readonly onChange: (policy: Policy) => void;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

interface ChangeProps {
  readonly policy: Policy;
  readonly change: (part: Policy) => void;
}

function Targets({ policy, change }: ChangeProps) {
  const targets = (Array.isArray(policy.targets) ? policy.targets : ['user']) as readonly string[];
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">Looks at messages of</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-1.5">
        {guardRoles.map((role) => (
          <Check
            key={role}
            label={role}
            checked={targets.includes(role)}
            onChange={(event) =>
              change({ targets: event.target.checked ? [...targets, role] : targets.filter((each) => each !== role) })
            }
          />
        ))}
      </div>
    </fieldset>
  );
}

function Rules({ policy, change }: ChangeProps) {
  const rules = (Array.isArray(policy.rules) ? policy.rules : []) as readonly Rule[];
  return (
    <>
      {rules.map((rule, index) => (
        <RuleFields
          // biome-ignore lint/suspicious/noArrayIndexKey: rules stay in their order
          key={index}
          rule={rule}
          place={index + 1}
          onChange={(next) => change({ rules: rules.map((each, at) => (at === index ? next : each)) })}
          onRemove={rules.length > 1 ? () => change({ rules: rules.filter((_, at) => at !== index) }) : null}
        />
      ))}
      <div>
        <Button
          onClick={() => change({ rules: [...rules, { detector: 'contains', action: 'block', threshold: null }] })}
        >
          Add a rule
        </Button>
      </div>
    </>
  );
}

export function PolicyForm({ policy, isNew, onChange }: PolicyFormProps) {
  const change = (part: Policy): void => onChange({ ...policy, ...part });
  return (
    <div className="flex flex-col gap-4">
      <Field label="Id" hint={isNew ? 'Letters, digits, dots, dashes.' : undefined}>
        <TextInput
          value={textOf(policy.id)}
          disabled={!isNew}
          onChange={(event) => change({ id: event.target.value })}
        />
      </Field>
      <Field label="What it is for">
        <TextArea
          rows={2}
          value={textOf(policy.definition)}
          onChange={(event) => change({ definition: event.target.value || null })}
        />
      </Field>
      <Targets policy={policy} change={change} />
      <Rules policy={policy} change={change} />
      <Field label="Where a detector cannot decide">
        <Select
          value={textOf(policy.on_failure) || 'closed'}
          onChange={(event) => change({ on_failure: event.target.value })}
        >
          <option value="closed">the door is shut</option>
          <option value="open">the door stays open, and it is told</option>
        </Select>
      </Field>
      <Field label="Said in place of an answer" hint="Optional, where the policy denies.">
        <TextInput
          value={textOf(policy.override_response)}
          onChange={(event) => change({ override_response: event.target.value || null })}
        />
      </Field>
      <Check
        label="Holds for requests that name no policy"
        checked={policy.by_default === true}
        onChange={(event) => change({ by_default: event.target.checked })}
      />
    </div>
  );
}

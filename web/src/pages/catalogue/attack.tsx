// One attack: what it does, its parameters, and what it makes of a text.
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { attacksQuery } from '../../api/catalogue.ts';
import { ask } from '../../api/client.ts';
import type { AttackEntry, AttackPreview } from '../../api/shapes.ts';
import { count } from '../../numbers.ts';
import { Button } from '../../parts/button.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Field, Select, TextArea, TextInput } from '../../parts/field.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Empty, Lines, Loaded, Problem } from '../../parts/states.tsx';
import { NotFound } from '../not-found.tsx';
import { textOf } from './message-text.ts';

interface ParameterSchema {
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly type?: string | readonly string[];
}

/** What can be chosen, and what it is called; null where it is written. */
function choicesOf({ enum: values, type }: ParameterSchema): readonly (readonly [string, string])[] | null {
  if (values) return values.map((value) => [value, value]);
  const isSwitch = [type].flat().includes('boolean');
  return isSwitch
    ? [
        ['true', 'on'],
        ['false', 'off'],
      ]
    : null;
}

function ParameterField({
  name,
  schema,
  value,
  onChange,
}: {
  readonly name: string;
  readonly schema: ParameterSchema;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const choices = choicesOf(schema);
  const preset = schema.default === undefined ? 'none' : String(schema.default);
  const without = choices?.find(([value]) => value === preset)?.[1] ?? preset;
  return (
    <Field label={name} hint={schema.description}>
      {choices ? (
        <Select value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">{`as it is (${without})`}</option>
          {choices.map(([value, shown]) => (
            <option key={value} value={value}>
              {shown}
            </option>
          ))}
        </Select>
      ) : (
        <TextInput
          value={value}
          placeholder={`as it is (${without})`}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

function Outcome({ preview }: { readonly preview: AttackPreview }) {
  return (
    <div className="flex flex-col gap-4">
      {preview.conversations.map((messages, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: conversations stay in their order
        <section key={index}>
          {preview.conversations.length > 1 && <h3 className="mb-1 text-sm font-semibold">Conversation {index + 1}</h3>}
          {messages.map(({ role, content }, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: messages stay in their order
            <div key={place} className="mb-2 rounded-md bg-ground p-3">
              <p className="mb-1 text-xs text-soft">{role}</p>
              <p className="max-h-96 overflow-y-auto whitespace-pre-wrap [overflow-wrap:anywhere] [unicode-bidi:plaintext]">
                {textOf(content)}
              </p>
            </div>
          ))}
        </section>
      ))}
    </div>
  );
}

function Preview({ attack }: { readonly attack: AttackEntry }) {
  const [text, setText] = useState('Tell me a story about a lighthouse.');
  const [parameters, setParameters] = useState<Readonly<Record<string, string>>>({});
  const preview = useMutation({
    mutationFn: () =>
      ask<AttackPreview>(`/attacks/${encodeURIComponent(attack.id)}/preview`, {
        method: 'POST',
        body: { text, parameters: Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== '')) },
      }),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    preview.mutate();
  };
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <Panel title="Try it on a text" note="Nothing is sent to any target.">
        <form onSubmit={submit} className="flex flex-col gap-3">
          <Field label="Text">
            <TextArea rows={4} value={text} required dir="auto" onChange={(event) => setText(event.target.value)} />
          </Field>
          {Object.entries(attack.parameters).map(([name, schema]) => (
            <ParameterField
              key={name}
              name={name}
              schema={schema as ParameterSchema}
              value={parameters[name] ?? ''}
              onChange={(value) => setParameters({ ...parameters, [name]: value })}
            />
          ))}
          <div>
            <Button type="submit" kind="main" disabled={preview.isPending}>
              Preview
            </Button>
          </div>
        </form>
      </Panel>
      <Panel title="What would be sent" className="min-h-60">
        {preview.isError && <Problem error={preview.error} />}
        {preview.data ? (
          <Outcome preview={preview.data} />
        ) : (
          !preview.isError && <Empty title="No preview yet">Write a text and press Preview.</Empty>
        )}
      </Panel>
    </div>
  );
}

export function Page() {
  const { id = '' } = useParams({ strict: false });
  const attacks = useQuery(attacksQuery);
  return (
    <Loaded query={attacks} waiting={<Lines count={8} />}>
      {(entries) => {
        const attack = entries.find((each) => each.id === id);
        if (attack === undefined) return <NotFound />;
        return (
          <>
            <PageHead title={attack.title} note={attack.summary} above={<Link to="/dashboard/attacks">Attacks</Link>} />
            <div className="flex flex-col gap-4">
              <Panel>
                <Facts
                  rows={[
                    ['Id', <code key="id">{attack.id}</code>],
                    ['Family', attack.family],
                    [
                      'Fidelity',
                      attack.fidelity_without_attacker === attack.fidelity
                        ? attack.fidelity
                        : `${attack.fidelity}; ${attack.fidelity_without_attacker} without an attacker model`,
                    ],
                    ['Calls a test', count(attack.calls)],
                    ['Needs', attack.needs.join(', ') || 'nothing'],
                    ['Paper', attack.paper ?? 'none'],
                    ['Version', attack.version],
                  ]}
                />
              </Panel>
              <Preview attack={attack} />
            </div>
          </>
        );
      }}
    </Loaded>
  );
}

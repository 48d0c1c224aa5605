// The messages that the guard is asked about: any number, each in a role of its own.
import { guardRoles } from '../../../../src/guard/message.ts';
import { Button } from '../../parts/button.tsx';
import { Field, Select, TextArea } from '../../parts/field.tsx';

export interface Draft {
  readonly key: number;
  readonly role: string;
  readonly content: string;
}

let made = 0;
export const newMessage = (role: string, content: string): Draft => ({ key: made++, role, content });

interface MessageEditorProps {
  readonly messages: readonly Draft[];
  readonly onChange: (messages: readonly Draft[]) => void;
}

export function MessageEditor({ messages, onChange }: MessageEditorProps) {
  const change = (key: number, part: Partial<Draft>): void =>
    onChange(messages.map((message) => (message.key === key ? { ...message, ...part } : message)));
  return (
    <div className="flex flex-col gap-3">
      {messages.map(({ key, role, content }, index) => (
        <div key={key} className="flex flex-col gap-2 rounded-md border border-hair p-3">
          <div className="flex items-end justify-between gap-2">
            <Field label={messages.length > 1 ? `Role of message ${index + 1}` : 'Role'} className="w-40">
              <Select value={role} onChange={(event) => change(key, { role: event.target.value })}>
                {guardRoles.map((each) => (
                  <option key={each}>{each}</option>
                ))}
              </Select>
            </Field>
            {messages.length > 1 && (
              <Button kind="quiet" onClick={() => onChange(messages.filter((message) => message.key !== key))}>
                Remove
              </Button>
            )}
          </div>
          <Field label={messages.length > 1 ? `Text of message ${index + 1}` : 'Text'}>
            <TextArea
              rows={4}
              value={content}
              dir="auto"
              onChange={(event) => change(key, { content: event.target.value })}
            />
          </Field>
        </div>
      ))}
      <div>
        <Button onClick={() => onChange([...messages, newMessage('assistant', '')])}>Add a message</Button>
      </div>
    </div>
  );
}

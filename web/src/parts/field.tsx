// Fields of forms: a label that is heard, a hint, and what is wrong with it.
import {
  createContext,
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  use,
  useId,
} from 'react';

interface FieldNames {
  readonly id: string;
  readonly describedBy: string | undefined;
  readonly isWrong: boolean;
}

const FieldContext = createContext<FieldNames | null>(null);

interface FieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly problem?: string | null;
  readonly className?: string;
  readonly children: ReactNode;
}

export function Field({ label, hint, problem, className = '', children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const hasNote = hint !== undefined || (problem !== undefined && problem !== null);
  return (
    <div className={`flex min-w-0 flex-col gap-1 ${className}`}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <FieldContext value={{ id, describedBy: hasNote ? noteId : undefined, isWrong: problem != null }}>
        {children}
      </FieldContext>
      {hasNote && (
        <p id={noteId} className={`text-xs ${problem != null ? 'text-breached' : 'text-soft'}`}>
          {problem ?? hint}
        </p>
      )}
    </div>
  );
}

const look =
  'w-full min-w-0 rounded-md border border-edge bg-paper px-2.5 py-1.5 text-sm text-ink aria-invalid:border-breached disabled:opacity-55';

function useNames() {
  const names = use(FieldContext);
  return {
    ...(names === null ? {} : { id: names.id }),
    ...(names?.describedBy === undefined ? {} : { 'aria-describedby': names.describedBy }),
    ...(names?.isWrong ? { 'aria-invalid': true } : {}),
  };
}

export function TextInput({ className = '', type = 'text', ...rest }: InputHTMLAttributes<HTMLInputElement>) {
  return <input type={type} className={`${look} ${className}`} {...useNames()} {...rest} />;
}

export function TextArea({ className = '', ...rest }: TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return <textarea className={`${look} ${className}`} {...useNames()} {...rest} />;
}

interface WhyProps {
  readonly rows: number;
  readonly value: string;
  readonly onChange: (reason: string) => void;
}

/** The reason that somebody owes for what they are about to do. */
export function WhyField({ rows, value, onChange }: WhyProps) {
  return (
    <Field label="Why">
      <TextArea
        rows={rows}
        required
        maxLength={2000}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}

export function Select({ className = '', ...rest }: SelectHTMLAttributes<HTMLSelectElement>) {
  return <select className={`${look} ${className}`} {...useNames()} {...rest} />;
}

interface CheckProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly label: ReactNode;
}

/** A box to tick, with its words beside it. */
export function Check({ label, className = '', ...rest }: CheckProps) {
  return (
    <label className={`flex items-start gap-2 text-sm ${className}`}>
      <input type="checkbox" className="mt-0.5 size-4 shrink-0 accent-[var(--accent)]" {...rest} />
      <span className="min-w-0 [overflow-wrap:anywhere]">{label}</span>
    </label>
  );
}

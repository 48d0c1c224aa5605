// Small words in a frame: outcomes, severities, statuses. The word always stands there; the colour only helps.
import type { ReactNode } from 'react';

export type Tone = 'plain' | 'accent' | 'breached' | 'partial' | 'held' | 'refused' | 'unknown';

const looks: Readonly<Record<Tone, string>> = {
  plain: 'border-hair bg-paper text-ink',
  accent: 'border-transparent bg-tint text-accent',
  breached: 'border-transparent bg-breached-tint text-breached',
  partial: 'border-transparent bg-partial-tint text-partial',
  held: 'border-transparent bg-held-tint text-held',
  refused: 'border-transparent bg-held-tint text-refused',
  unknown: 'border-transparent bg-unknown-tint text-unknown',
};

interface BadgeProps {
  readonly tone?: Tone;
  readonly title?: string;
  readonly children: ReactNode;
}

export function Badge({ tone = 'plain', title, children }: BadgeProps) {
  return (
    <span
      title={title}
      className={`inline-block rounded-full border px-2 text-xs leading-5 font-medium whitespace-nowrap ${looks[tone]}`}
    >
      {children}
    </span>
  );
}

const outcomeTones: Readonly<Record<string, Tone>> = {
  breached: 'breached',
  partial: 'partial',
  defended: 'held',
  refused: 'refused',
};

export const outcomeTone = (outcome: string): Tone => outcomeTones[outcome] ?? 'unknown';

export const Outcome = ({ outcome }: { readonly outcome: string }) => (
  <Badge tone={outcomeTone(outcome)}>{outcome}</Badge>
);

const severityTones: Readonly<Record<string, Tone>> = {
  critical: 'breached',
  high: 'breached',
  medium: 'partial',
  low: 'plain',
};

export const Severity = ({ severity }: { readonly severity: string }) => (
  <Badge tone={severityTones[severity] ?? 'unknown'}>{severity}</Badge>
);

const statusTones: Readonly<Record<string, Tone>> = {
  Initializing: 'accent',
  Scanning: 'accent',
  Paused: 'partial',
  Finished: 'plain',
  Failed: 'breached',
  Error: 'breached',
};

export const Status = ({ status }: { readonly status: string }) => (
  <Badge tone={statusTones[status] ?? 'unknown'}>{status}</Badge>
);

// What the form of a new scan holds, and what it makes of it: the body for our API, and the same as command line and TOML.
import type { DatasetEntry, ScanBodyInput, TargetBodyInput } from '../../api/shapes.ts';

export type TargetKind = TargetBodyInput['kind'];

export interface TargetForm {
  readonly kind: TargetKind;
  readonly baseUrl: string;
  readonly model: string;
  readonly apiKey: string;
  readonly system: string;
  readonly temperature: string;
  readonly maxTokens: string;
  readonly named: string;
  readonly file: string;
  readonly profile: string;
}

export interface ScanForm {
  readonly target: TargetForm;
  readonly name: string;
  readonly preset: string;
  /** Slugs; null: those of a scan that names none. */
  readonly datasets: readonly string[] | null;
  /** Ids; empty: those of the preset. */
  readonly attacks: readonly string[];
  readonly suite: string;
  readonly limit: string;
  readonly benign: string;
  readonly seed: string;
  readonly concurrency: string;
  readonly qpm: string;
  readonly timeout: string;
  /** What may end it before its last test; empty: nothing of that kind. */
  readonly maxCost: string;
  readonly maxCalls: string;
  readonly maxMinutes: string;
  readonly untilInterval: string;
  readonly guard: string;
  readonly takesImages: boolean;
  readonly judge: boolean;
}

export const emptyForm: ScanForm = {
  target: {
    kind: 'openai',
    baseUrl: '',
    model: '',
    apiKey: '',
    system: '',
    temperature: '0.7',
    maxTokens: '2048',
    named: '',
    file: '',
    profile: 'average',
  },
  name: '',
  preset: 'quick',
  datasets: null,
  attacks: [],
  suite: '',
  limit: '',
  benign: '',
  seed: '1',
  concurrency: '8',
  qpm: '',
  timeout: '60',
  maxCost: '',
  maxCalls: '',
  maxMinutes: '',
  untilInterval: '',
  guard: 'none',
  takesImages: false,
  judge: true,
};

const numberOrNull = (text: string): number | null => (text.trim() === '' ? null : Number(text));

export function targetBodyOf({ target, concurrency, qpm, timeout }: ScanForm): TargetBodyInput {
  const limits = {
    system: target.system === '' ? null : target.system,
    timeout_seconds: Number(timeout),
    concurrency: Number(concurrency),
    qpm: numberOrNull(qpm),
  };
  const sampling = { temperature: Number(target.temperature), max_tokens: Number(target.maxTokens) };
  switch (target.kind) {
    case 'named':
      return { kind: 'named', name: target.named, ...sampling, ...limits };
    case 'http':
      return { kind: 'http', file: target.file, ...limits };
    case 'simulated':
      return { kind: 'simulated', profile: target.profile as 'average', ...limits };
    default: {
      const apiKey = target.apiKey === '' ? null : target.apiKey;
      return { kind: 'openai', base_url: target.baseUrl, model: target.model, api_key: apiKey, ...sampling, ...limits };
    }
  }
}

function boundsOf({ maxCost, maxCalls, maxMinutes, untilInterval }: ScanForm): Partial<ScanBodyInput> {
  const minutes = numberOrNull(maxMinutes);
  return {
    max_cost: numberOrNull(maxCost),
    max_calls: numberOrNull(maxCalls),
    max_seconds: minutes === null ? null : minutes * 60,
    until_interval: numberOrNull(untilInterval),
  };
}

export const bodyOf = (form: ScanForm): ScanBodyInput => ({
  name: form.name === '' ? null : form.name,
  target: targetBodyOf(form),
  preset: form.preset as 'quick',
  ...(form.suite === '' ? { datasets: [...(form.datasets ?? [])] } : { suite: form.suite }),
  attacks: [...form.attacks],
  input_modalities: form.takesImages ? ['text', 'image'] : ['text'],
  seed: Number(form.seed),
  limit: numberOrNull(form.limit),
  benign: numberOrNull(form.benign),
  judge: form.judge,
  guard: form.guard as 'none',
  ...boundsOf(form),
});

export const slugsByDefault = (datasets: readonly DatasetEntry[]): string[] =>
  datasets.filter((dataset) => dataset.by_default).map(({ slug }) => slug);

/** Whether the target is named well enough to be planned for. */
export function isTargetNamed({ kind, baseUrl, model, named, file }: TargetForm): boolean {
  if (kind === 'openai') return /^https?:\/\/./.test(baseUrl) && model !== '';
  if (kind === 'named') return named !== '';
  return kind === 'simulated' || /\{\{(prompt|messages)\}\}/.test(file);
}

// What does not fit in the form of a new scan, in words that stand beside the field; and why it cannot start yet.
import { ApiProblem } from '../../api/client.ts';
import { bounds, hasSampling, type NumberField, numbers, samplingNumbers } from './number-fields.ts';
import { isTargetNamed, type ScanForm, type TargetKind } from './plan.ts';

/** By the name that our API gives the field. */
export type Problems = Readonly<Record<string, string>>;

function problemOf({ range: { min, max, whole = true }, isOptional = false }: NumberField, text: string) {
  if (text.trim() === '') return isOptional ? null : 'Must not be empty.';
  const value = Number(text);
  if (Number.isNaN(value)) return 'Must be a number.';
  if (whole && !Number.isInteger(value)) return 'Must be a whole number.';
  if (value >= min && value <= (max ?? Number.POSITIVE_INFINITY)) return null;
  return max === undefined ? `Must be at least ${min}.` : `Must be from ${min} to ${max}.`;
}

function targetProblems({ target: { kind, baseUrl, file } }: ScanForm): Problems {
  if (kind === 'openai' && baseUrl !== '' && !/^https?:\/\/./.test(baseUrl))
    return { 'target.base_url': 'Must begin with https:// or http://.' };
  if (kind === 'http' && file !== '' && !/\{\{(prompt|messages)\}\}/.test(file))
    return { 'target.file': 'Write {{prompt}} where the request goes.' };
  return {};
}

/** What can be said without asking the server. */
export function problemsOf(form: ScanForm): Problems {
  const fields = [...numbers, ...bounds, ...(hasSampling(form) ? samplingNumbers : [])];
  const wrong = fields.flatMap((field) => {
    const said = problemOf(field, field.of(form));
    return said === null ? [] : [[field.field, said] as const];
  });
  return { ...targetProblems(form), ...Object.fromEntries(wrong) };
}

/** What the server said of one field, without the field's name, which stands above it. */
export function problemSaid(error: unknown): Problems {
  if (!(error instanceof ApiProblem) || error.field === null) return {};
  const text = error.message.replace(`${error.field}: `, '');
  return { [error.field]: text.slice(0, 1).toUpperCase() + text.slice(1) };
}

const unnamed: Readonly<Record<TargetKind, string>> = {
  openai: 'First the base URL and the model.',
  named: 'First choose a model.',
  http: 'First paste a curl command with {{prompt}} in it.',
  simulated: '',
};

/** Whether anything is left to ask. */
export const hasDataset = ({ suite, datasets }: ScanForm): boolean => suite !== '' || datasets?.length !== 0;

/** Why it cannot start; null when it can. */
export function whyNotYet(form: ScanForm, problems: Problems): string | null {
  if (Object.keys(problems).length > 0) return 'Something does not fit: it is said beside the field.';
  if (!isTargetNamed(form.target)) return unnamed[form.target.kind];
  return hasDataset(form) ? null : 'First tick a dataset.';
}

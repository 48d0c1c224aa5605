// Policies that stand in redoubt.yaml, by name: written as in files, but for the id, which is the name.
import { RedoubtError } from '../core/errors.ts';
import { fieldPath } from '../core/field-path.ts';
import { wordsOfIssue } from '../core/settings-words.ts';
import { type Policy, policySchema } from './policy.ts';

function readPolicy(name: string, written: unknown): Policy {
  const refuse = (path: readonly PropertyKey[], reason: string): RedoubtError =>
    new RedoubtError('SETTING_INVALID', { field: fieldPath(['policies', name, ...path]), reason });
  if (typeof written !== 'object' || written === null || Array.isArray(written))
    throw refuse([], 'must be a policy: rules and what else its file would hold.');
  const parsed = policySchema.safeParse({ id: name, ...written }, { error: wordsOfIssue });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    if (issue?.code === 'unrecognized_keys')
      throw refuse([...issue.path, issue.keys.join(', ')], 'is no part of a policy.');
    throw refuse(issue?.path ?? [], `${issue?.message}.`);
  }
  if (parsed.data.id !== name) throw refuse(['id'], `must be left out, or be the name "${name}".`);
  return parsed.data;
}

/** The policies under `policies:` of the settings. Throws SETTING_INVALID with one sentence that names the setting. */
export const policiesInSettings = (written: Readonly<Record<string, unknown>>): Policy[] =>
  Object.entries(written).map(([name, each]) => readPolicy(name, each));

// A policy as YAML and back. The reader is fetched only when somebody edits a policy.
import { parse, stringify } from 'yaml';
import type { WrittenPolicy } from '../../api/shapes.ts';

/** As policy files have it; a version is given by the server. */
export const yamlOf = ({ version: _, ...policy }: WrittenPolicy): string => stringify(policy, { lineWidth: 100 });

export interface ReadYaml {
  readonly policy: Record<string, unknown> | null;
  readonly problem: string | null;
}

export function readYaml(text: string): ReadYaml {
  try {
    const policy: unknown = parse(text);
    if (policy === null || typeof policy !== 'object' || Array.isArray(policy))
      return { policy: null, problem: 'A policy is a list of names and values.' };
    return { policy: policy as Record<string, unknown>, problem: null };
  } catch (error) {
    return { policy: null, problem: error instanceof Error ? error.message : 'This cannot be read.' };
  }
}

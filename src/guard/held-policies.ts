// Policies as a scan notes them: which, in which version, and a hash of what they say.
import type { HeldPolicy } from '../core/guarding.ts';
import { sha256OfJson } from '../core/hash.ts';
import type { OpenPolicy } from './open-policy.ts';
import { sayingOf } from './policy.ts';

export const heldPolicies = (open: readonly OpenPolicy[]): HeldPolicy[] =>
  open.map(({ policy }) => ({
    id: policy.id,
    version: policy.version,
    sha256: sha256OfJson(sayingOf(policy)),
  }));

// Policies that come with requests: most callers send the same one with every request, so it is made ready once.
import { hash } from 'node:crypto';
import type { DetectorServices } from './detectors/detector.ts';
import { type OpenPolicy, openPolicy, type PolicyWords } from './open-policy.ts';
import type { Policy } from './policy.ts';

const MOST_HELD = 100;
/** Longer ones (as JSON) are made ready anew each time: a caller must not fill the memory. */
const LONGEST_HELD = 256 * 1024;

/** Opens as `openPolicy` does, and throws what it throws; what does not open is tried anew each time. */
export function createInlinePolicies(
  services: DetectorServices,
): (policy: Policy, words: PolicyWords) => Promise<OpenPolicy> {
  const held = new Map<string, OpenPolicy>();
  return async (policy, words) => {
    const written = JSON.stringify(policy);
    if (written.length > LONGEST_HELD) return openPolicy(policy, services, words);
    const place = hash('sha256', written, 'base64');
    const open = held.get(place) ?? (await openPolicy(policy, services, words));
    held.delete(place);
    held.set(place, open);
    const [oldest] = held.keys();
    if (held.size > MOST_HELD && oldest !== undefined) held.delete(oldest);
    return open;
  };
}

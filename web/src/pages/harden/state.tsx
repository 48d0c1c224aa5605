// Where a candidate stands: a draft, a policy that holds, or one that was taken back.
import { Badge, type Tone } from '../../parts/badge.tsx';

export const hardeningStates = ['promoted', 'draft', 'rolled_back'] as const;

const tones: Readonly<Record<string, Tone>> = { promoted: 'held', draft: 'plain', rolled_back: 'partial' };

export const HardeningState = ({ state }: { readonly state: string }) => (
  <Badge tone={tones[state] ?? 'unknown'}>{state.replace('_', ' ')}</Badge>
);
